import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from './access.ts';
import { problemSchema } from './problem.ts';

/** Routes that need a token, where tokens are configured. */
export const SECURED = [{ token: [] }];

const MEANINGS = {
  400: 'The request is not understood.',
  401: 'A token is needed.',
  403: 'The token does not allow this.',
  404: 'There is no such thing.',
  413: 'The body is too large.',
  415: 'The body is of another type.',
  503: 'Not now: ask again after Retry-After seconds.',
} as const;

/** The documented refusals of a route, all of one form. */
export function problemResponses(...statuses: readonly (keyof typeof MEANINGS)[]) {
  const content = { 'application/problem+json': { schema: problemSchema } };
  return Object.fromEntries(statuses.map((status) => [status, { description: MEANINGS[status], content }]));
}

/** Serves the OpenAPI 3.1 document of all routes added, `/openapi.json`. */
export function addOpenApi(app: OpenAPIHono<ApiEnv>, version: string): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'Needed where tokens are configured. Roles: analyst, agency:<id>, ingest, monitor.',
  });
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Salmaq',
      version,
      description:
        'Weighs what social media say about state agencies against who is saying it. Signals are aggregate: about issues, never about people.',
    },
  });
}
