import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { type Signal, signalSchema } from '../weigh/signal.ts';
import { type ApiEnv, assertOwn, type createGuard, type Principal } from './access.ts';
import type { ApiDeps, SignalFilter } from './deps.ts';
import type { createGate } from './gate.ts';
import { problemResponses, SECURED } from './openapi.ts';
import { refuse } from './problem.ts';
import type { ServerSettings } from './settings.ts';
import { assertWindow, filterOf, selectSignals, signalQuerySchema, toAnswer, windowOf } from './signal-query.ts';

/** Adds `GET /v1/signals` and `GET /v1/signals/{id}`. */
export function addSignalRoutes(
  app: OpenAPIHono<ApiEnv>,
  deps: ApiDeps,
  settings: ServerSettings,
  guard: ReturnType<typeof createGuard>,
  gate: ReturnType<typeof createGate>,
): void {
  // A schema made before the OpenAPI methods were added has none; a copy made now has.
  const schema = app.openAPIRegistry.register('Signal', signalSchema.clone());
  const mayRead = guard('read');

  const list = createRoute({
    method: 'get',
    path: '/v1/signals',
    summary: 'The signals of a window, best score first',
    description:
      'With "from" and "to" the window is weighed now, otherwise the newest standing window is answered from the store. An agency token sees its own signals only.',
    security: SECURED,
    middleware: mayRead,
    request: { query: signalQuerySchema },
    responses: {
      200: {
        description: 'The signals, and the window they are of; null where there is none.',
        content: {
          'application/json': {
            schema: z.object({ signals: z.array(schema), window: signalSchema.shape.window.clone().nullable() }),
          },
        },
      },
      ...problemResponses(400, 401, 403, 503),
    },
  });
  app.openapi(list, async (c) => {
    const query = c.req.valid('query');
    const filter = ownedFilter(c.get('principal'), filterOf(query));
    const window = windowOf(query);
    if (window === undefined) {
      const signals = selectSignals(await deps.latestSignals(query.window ?? 'P1D', filter), filter);
      return c.json({ signals, window: signals[0]?.window ?? null }, 200);
    }
    assertWindow(window, settings);
    const signals = selectSignals(await gate(() => deps.evaluate(window, filter)), filter);
    return c.json({ signals, window: toAnswer(window) }, 200);
  });

  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/signals/{id}',
    summary: 'One signal',
    description: 'The id is agency/region/theme/start/duration as it stands, or with its slashes percent-encoded.',
    security: SECURED,
    request: { params: z.object({ id: z.string() }) },
    responses: {
      200: { description: 'The signal.', content: { 'application/json': { schema } } },
      ...problemResponses(401, 403, 404, 503),
    },
  });
  app.get('/v1/signals/:id{.+}', mayRead, async (c) => {
    const id = c.req.param('id');
    assertOwn(c.get('principal'), id.split('/')[0] ?? null);
    const signal: Signal | undefined = await gate(() => deps.signalById(id));
    if (signal === undefined) {
      throw refuse({
        status: 404,
        code: 'SLM_USAGE',
        detail: `no signal "${id}"`,
        hint: 'GET /v1/signals lists the ids there are',
      });
    }
    return c.json(signal, 200);
  });
}

/** What an agency asks for is narrowed to its own; what is another's is refused, not left out in silence. */
function ownedFilter(principal: Principal, filter: SignalFilter): SignalFilter {
  if (principal.role !== 'agency') return filter;
  if (filter.agency !== undefined) assertOwn(principal, filter.agency);
  return { ...filter, agency: principal.agency };
}
