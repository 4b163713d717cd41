import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { describeIssues } from '../post/validate.ts';
import { pastVerdictSchema } from '../weigh/past-verdict.ts';
import { parseSignalId } from '../weigh/signal-id.ts';
import { type ApiEnv, assertOwn, type createGuard } from './access.ts';
import type { ApiDeps } from './deps.ts';
import type { createGate } from './gate.ts';
import { problemResponses, SECURED } from './openapi.ts';
import { refuse } from './problem.ts';
import { limitParam } from './signal-query.ts';

const querySchema = z.strictObject({ limit: limitParam.describe('only the newest') });

/** Adds `GET /v1/history/{id}`. */
export function addHistoryRoute(
  app: OpenAPIHono<ApiEnv>,
  deps: ApiDeps,
  guard: ReturnType<typeof createGuard>,
  gate: ReturnType<typeof createGate>,
): void {
  const verdict = app.openAPIRegistry.register('PastVerdict', pastVerdictSchema.clone());
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/history/{id}',
    summary: "How a signal's verdict came to be what it is, oldest first",
    description:
      'Of signals of standing windows, by the id that they have. A step is kept when the label or the rule changes, or the score by enough. An agency token sees its own signals only.',
    security: SECURED,
    request: { params: z.object({ id: z.string() }), query: querySchema },
    responses: {
      200: {
        description: 'The verdicts, and what each rested on.',
        content: { 'application/json': { schema: z.object({ id: z.string(), verdicts: z.array(verdict) }) } },
      },
      ...problemResponses(400, 401, 403, 404, 503),
    },
  });
  app.get('/v1/history/:id{.+}', guard('read'), async (c) => {
    const id = c.req.param('id');
    // A parameter given twice is refused as elsewhere, not read once.
    const given = Object.entries(c.req.queries()).map(([name, values]) => [
      name,
      values.length > 1 ? values : values[0],
    ]);
    const query = querySchema.safeParse(Object.fromEntries(given));
    if (!query.success) throw refuse({ status: 400, code: 'SLM_USAGE', detail: describeIssues(query.error) });
    const cell = parseSignalId(id);
    assertOwn(c.get('principal'), cell?.agency ?? null);
    const verdicts = cell === null ? [] : await gate(() => deps.history(id, query.data.limit));
    if (verdicts.length > 0) return c.json({ id, verdicts }, 200);
    throw refuse({
      status: 404,
      code: 'SLM_USAGE',
      detail: `no history of a signal "${id}"`,
      hint: 'GET /v1/signals without "from" and "to" lists the ids of standing windows',
    });
  });
}
