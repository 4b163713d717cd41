import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { messageOf } from '../errors.ts';
import type { ApiEnv, createGuard } from './access.ts';
import type { ApiDeps } from './deps.ts';
import { problemResponses, SECURED } from './openapi.ts';
import { refuse } from './problem.ts';
import type { ServerSettings } from './settings.ts';

const CHECK_TIMEOUT_MS = 3_000;

/** Adds `/livez`, `/readyz` and `/metrics`. */
export function addHealthRoutes(
  app: OpenAPIHono<ApiEnv>,
  deps: ApiDeps,
  settings: ServerSettings,
  guard: ReturnType<typeof createGuard>,
): void {
  const health = z.object({ status: z.string(), checks: z.record(z.string(), z.string()).optional() });
  const content = { 'application/json': { schema: health } };
  const { openAPIRegistry: registry } = app;

  registry.registerPath({
    method: 'get',
    path: '/livez',
    summary: 'Whether the process answers',
    responses: { 200: { description: 'It does.', content } },
  });
  app.get('/livez', (c) => c.json({ status: 'alive' }));

  registry.registerPath({
    method: 'get',
    path: '/readyz',
    summary: 'Whether what it stands on answers',
    responses: { 200: { description: 'All of it.', content }, ...problemResponses(503) },
  });
  app.get('/readyz', async (c) => {
    const results = await Promise.all(Object.entries(deps.checks).map(([name, check]) => runCheck(name, check)));
    const failing = results.filter(({ failure }) => failure !== undefined);
    // Anyone may ask, so that no token has to be given to a load balancer; why it fails is told on this machine only.
    const isOpen = settings.tokens.length === 0;
    const checks = Object.fromEntries(
      results.map(({ name, failure }) => [name, failure === undefined ? 'ok' : isOpen ? failure : 'failed']),
    );
    if (failing.length === 0) return c.json({ status: 'ready', checks });
    throw refuse({
      status: 503,
      code: 'SLM_NOT_READY',
      detail: `not ready: ${failing.map(({ name }) => name).join(', ')}`,
      more: { checks },
    });
  });

  registry.registerPath({
    method: 'get',
    path: '/metrics',
    summary: 'Prometheus metrics',
    security: SECURED,
    responses: {
      200: { description: 'Text exposition format.', content: { 'text/plain': { schema: z.string() } } },
      ...problemResponses(401, 403),
    },
  });
  app.get('/metrics', guard('measure'), async (c) => {
    const { registry: metrics } = deps.metrics;
    return c.body(await metrics.metrics(), 200, { 'content-type': metrics.contentType });
  });
}

async function runCheck(name: string, check: () => Promise<void>): Promise<{ name: string; failure?: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, CHECK_TIMEOUT_MS, new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`));
  });
  try {
    await Promise.race([check(), late]);
    return { name };
  } catch (error) {
    return { name, failure: messageOf(error) };
  } finally {
    clearTimeout(timer);
  }
}
