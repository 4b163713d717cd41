import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { regionCode, timestamp } from '../post/post.ts';
import { signalSchema } from '../weigh/signal.ts';
import { silenceSchema } from '../weigh/silence.ts';
import type { ApiEnv, createGuard } from './access.ts';
import type { ApiDeps } from './deps.ts';
import type { createGate } from './gate.ts';
import { problemResponses, SECURED } from './openapi.ts';
import type { ServerSettings } from './settings.ts';
import { assertWindow, limitParam, toAnswer } from './signal-query.ts';

const querySchema = z
  .strictObject({
    from: timestamp.describe('start of the window'),
    to: timestamp.describe('its end, exclusive'),
    region: regionCode.optional().describe('only this one'),
    limit: limitParam,
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], error: 'must be after "from"' });

/** Adds `GET /v1/silence`. */
export function addSilenceRoute(
  app: OpenAPIHono<ApiEnv>,
  deps: ApiDeps,
  settings: ServerSettings,
  guard: ReturnType<typeof createGuard>,
  gate: ReturnType<typeof createGate>,
): void {
  const stratum = app.openAPIRegistry.register('StratumSilence', silenceSchema.clone());
  const route = createRoute({
    method: 'get',
    path: '/v1/silence',
    summary: 'Who is heard less than their number, quietest first',
    description:
      'Writers of each region, on any matter, by settlement and language, beside its residents. A region in which fewer than `privacy.k` persons wrote is left out. It is about no agency, so agency tokens may not ask for it.',
    security: SECURED,
    middleware: guard('survey'),
    request: { query: querySchema },
    responses: {
      200: {
        description: 'The strata, and the window they are of.',
        content: {
          'application/json': {
            schema: z.object({ strata: z.array(stratum), window: signalSchema.shape.window.clone() }),
          },
        },
      },
      ...problemResponses(400, 401, 403, 503),
    },
  });
  app.openapi(route, async (c) => {
    const { from, to, region, limit } = c.req.valid('query');
    const window = { fromMs: Date.parse(from), toMs: Date.parse(to) };
    assertWindow(window, settings);
    const map = await gate(() => deps.silence(window));
    const strata = map.filter((row) => region === undefined || row.region === region).slice(0, limit);
    return c.json({ strata, window: toAnswer(window) }, 200);
  });
}
