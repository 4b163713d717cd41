import { STATUS_CODES } from 'node:http';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { type ErrorCode, SalmaqError } from '../errors.ts';
import type { ApiDeps } from './deps.ts';

/** RFC 9457: what went wrong, for people and for programs. */
export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string().optional().describe('stable: SLM_…; absent where nobody expected the error'),
  hint: z.string().optional().describe('what to do next'),
});

interface ProblemDetails {
  status: ContentfulStatusCode;
  code: ErrorCode | undefined;
  detail: string;
  hint?: string | undefined;
  /** Members of the problem beyond the standard ones. */
  more?: Record<string, unknown>;
  headers?: Record<string, string>;
}

const RETRY_AFTER_SECONDS = 5;

/** What an error of Salmaq is to a client. Where the server is at fault, the log has the message and the client does not. */
const ANSWERS: Readonly<Record<ErrorCode, { status: ContentfulStatusCode; detail?: string }>> = {
  SLM_USAGE: { status: 400 },
  SLM_INPUT: { status: 400 },
  SLM_NOT_READY: { status: 503 },
  SLM_STORE: { status: 503, detail: 'the store did not answer as it should; nothing was lost, ask again' },
  SLM_STORE_BUSY: { status: 503, detail: 'the store is taken by another process' },
  SLM_BROKER: { status: 503, detail: 'the broker did not answer as it should' },
  SLM_FENCED: { status: 503, detail: 'another worker has taken over; ask again' },
  SLM_INVALID_SHARE: { status: 503, detail: 'the pipeline has stopped: too much of its input is invalid' },
  SLM_CONFIG: { status: 500, detail: 'the server is not configured for that' },
  SLM_LIST: { status: 500, detail: 'a list of the server is not in order' },
  SLM_SCHEMA: { status: 500, detail: 'the tables of the store are not those of this version' },
  SLM_ACCESS: { status: 403 },
  SLM_INTERNAL: { status: 500, detail: 'something unexpected happened; the log has more' },
  SLM_MODEL: { status: 500, detail: 'a model of the server is not in order' },
};

/** A refusal to throw from a handler: an `application/problem+json` response. */
export function refuse(details: ProblemDetails): HTTPException {
  return new HTTPException(details.status, { message: details.detail, res: respond(details) });
}

/** Makes the handler that answers whatever was thrown. What nobody expected is logged. */
export function answerErrors(log: ApiDeps['log']) {
  return (error: Error, c: Context): Response => {
    if (error instanceof HTTPException) {
      if (error.res) return error.getResponse();
      return respond({ status: error.status, code: 'SLM_INPUT', detail: error.message });
    }
    const code = error instanceof SalmaqError ? error.code : undefined;
    const answer = code && ANSWERS[code];
    const status = answer?.status ?? 500;
    if (answer?.detail !== undefined || answer === undefined) {
      log.error({ err: error, method: c.req.method, path: c.req.path }, 'a request failed');
    }
    return respond({
      status,
      code,
      detail:
        answer === undefined ? 'something unexpected happened; the log has more' : (answer.detail ?? error.message),
      hint: error instanceof SalmaqError && answer?.detail === undefined ? error.hint : undefined,
    });
  };
}

function respond({ status, code, detail, hint, more, headers }: ProblemDetails): Response {
  const problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, code };
  return new Response(JSON.stringify({ ...problem, ...(hint === undefined ? {} : { hint }), ...more }), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(status === 503 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {}),
      ...headers,
    },
  });
}
