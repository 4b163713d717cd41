import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { appealSchema } from '../post/appeal.ts';
import { postSchema } from '../post/post.ts';
import type { ApiEnv, createGuard } from './access.ts';
import type { ApiDeps, RecordKind } from './deps.ts';
import { createGate } from './gate.ts';
import { problemResponses, SECURED } from './openapi.ts';
import { refuse } from './problem.ts';
import { RECORD_TYPES, type RecordType, splitRecords } from './records.ts';
import type { ServerSettings } from './settings.ts';

const WAITING_BODIES = 64;

const outcomeSchema = z.object({
  accepted: z.number().int().nonnegative(),
  refused: z.array(
    z.object({
      index: z.number().int().nonnegative().describe('place among the records sent, from 0'),
      reason: z.string(),
      message: z.string(),
    }),
  ),
});

/** Adds `POST /v1/posts` and `POST /v1/appeals`. They answer when the rows are in ClickHouse, not before. */
export function addRecordRoutes(
  app: OpenAPIHono<ApiEnv>,
  deps: ApiDeps,
  settings: ServerSettings,
  guard: ReturnType<typeof createGuard>,
): void {
  const gate = createGate(settings.concurrentInserts, WAITING_BODIES);
  const inLine = createMiddleware(async (_, next) => gate(next));
  const limited = bodyLimit({
    maxSize: settings.bodyBytes,
    onError: () => {
      throw refuse({
        status: 413,
        code: 'SLM_INPUT',
        detail: `a body is at most ${settings.bodyBytes} bytes`,
        hint: 'send it in parts',
      });
    },
  });
  const schemas = {
    post: app.openAPIRegistry.register('Post', postSchema.clone()),
    appeal: app.openAPIRegistry.register('Appeal', appealSchema.clone()),
  };

  for (const [kind, path] of [
    ['post', '/v1/posts'],
    ['appeal', '/v1/appeals'],
  ] as const) {
    app.openAPIRegistry.registerPath(describeRoute(path, kind, schemas[kind]));
    app.post(path, guard('ingest'), inLine, limited, async (c) => {
      const type = recordType(c.req.header('content-type'), c.req.header('content-encoding'));
      const records = splitRecords(type, new Uint8Array(await c.req.arrayBuffer()));
      const refused = records.length === 0 ? [] : await deps.ingest(kind, records);
      return c.json({ accepted: records.length - refused.length, refused }, 200);
    });
  }
}

/** The type is asked for strictly: a web page elsewhere can send neither of them without asking first. */
function recordType(contentType: string | undefined, encoding: string | undefined): RecordType {
  const [media, ...parameters] = (contentType ?? '').toLowerCase().split(';');
  const type = RECORD_TYPES.find((known) => known === media?.trim());
  const charset = /^\s*charset\s*=\s*"?([\w-]+)"?\s*$/.exec(parameters.join(';'))?.[1] ?? 'utf-8';
  if (type !== undefined && charset === 'utf-8' && (encoding ?? 'identity') === 'identity') return type;
  throw refuse({
    status: 415,
    code: 'SLM_INPUT',
    detail: `send ${RECORD_TYPES.join(' or ')}, in UTF-8 and not compressed`,
    headers: { accept: RECORD_TYPES.join(', ') },
  });
}

function describeRoute(path: string, kind: RecordKind, schema: z.ZodType) {
  const body = {
    required: true,
    content: {
      'application/json': { schema: z.union([z.array(schema), schema]) },
      'application/x-ndjson': { schema: z.string().describe('one object a line') },
    },
  };
  return {
    method: 'post',
    path,
    summary: `Takes ${kind}s in`,
    description:
      'Answered when the records are stored. Sending a record again is harmless. A refused record is kept as a dead letter, with its reason.',
    security: SECURED,
    request: { body },
    responses: {
      200: { description: 'What became of the records.', content: { 'application/json': { schema: outcomeSchema } } },
      ...problemResponses(400, 401, 403, 413, 415, 503),
    },
  } as const;
}
