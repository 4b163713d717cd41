import { OpenAPIHono } from '@hono/zod-openapi';
import { routePath } from 'hono/route';
import { secureHeaders } from 'hono/secure-headers';
import { describeIssues } from '../post/validate.ts';
import { type ApiEnv, createGuard, guardHost } from './access.ts';
import type { ApiDeps } from './deps.ts';
import { createGate } from './gate.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addHistoryRoute } from './history-route.ts';
import { addIndex } from './index-route.ts';
import { addOpenApi } from './openapi.ts';
import { answerErrors, refuse } from './problem.ts';
import { addRecordRoutes } from './record-routes.ts';
import { assertClosed, type ServerSettings } from './settings.ts';
import { addSignalRoutes } from './signal-routes.ts';
import { addSilenceRoute } from './silence-route.ts';

/** Queries that wait for those at work; beyond, a request is turned away. */
const WAITING_QUERIES = 32;

/**
 * The HTTP API: signals out, posts and appeals in, health and metrics, and the OpenAPI document of it all.
 *
 * Errors are `application/problem+json` with a stable code. There is no CORS: other sites' pages get nothing. A dashboard
 * may be added to the app returned.
 *
 * @throws SalmaqError `SLM_CONFIG` where it would be open to the network without a token.
 *
 * @example
 * const settings = serverSettingsSchema.parse({});
 * const app = createApi(deps, settings);
 * const server = await startServer(app, settings);
 */
export function createApi(deps: ApiDeps, settings: ServerSettings): OpenAPIHono<ApiEnv> {
  assertClosed(settings);
  const app = new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw refuse({ status: 400, code: 'SLM_USAGE', detail: describeIssues(result.error) });
    },
  });

  app.use(async (c, next) => {
    const stop = deps.metrics.httpRequestSeconds.startTimer({ method: c.req.method });
    await next();
    // By route, since paths hold ids without end.
    stop({ route: routePath(c, -1), status: c.res.status });
  });
  app.use(secureHeaders({ strictTransportSecurity: false }));
  app.use(guardHost(settings));
  app.use('/v1/*', async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
  });
  app.onError(answerErrors(deps.log));
  app.notFound((c) => {
    throw refuse({
      status: 404,
      code: 'SLM_USAGE',
      detail: `nothing at ${c.req.path}`,
      hint: 'GET / lists what there is',
    });
  });

  const guard = createGuard(settings.tokens);
  addHealthRoutes(app, deps, settings, guard);
  const gate = createGate(settings.concurrentQueries, WAITING_QUERIES);
  addSignalRoutes(app, deps, settings, guard, gate);
  addHistoryRoute(app, deps, guard, gate);
  addSilenceRoute(app, deps, settings, guard, gate);
  addRecordRoutes(app, deps, settings, guard);
  addOpenApi(app, deps.version);
  addIndex(app, deps.version);
  return app;
}
