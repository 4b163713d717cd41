import type { OpenAPIHono } from '@hono/zod-openapi';
import { accepts } from 'hono/accepts';
import { html } from 'hono/html';
import type { ApiEnv } from './access.ts';
import { refuse } from './problem.ts';

interface Entry {
  method: string;
  path: string;
  summary: string;
}

const OWN: readonly Entry[] = [{ method: 'GET', path: '/openapi.json', summary: 'The OpenAPI 3.1 document' }];

/** Adds `/`, which lists the routes added so far, and refuses other methods on them with 405. */
export function addIndex(app: OpenAPIHono<ApiEnv>, version: string): void {
  const routes = [...documented(app), ...OWN];

  app.get('/', (c) => {
    const type = accepts(c, {
      header: 'Accept',
      supports: ['application/json', 'text/html'],
      default: 'application/json',
    });
    if (type === 'application/json') return c.json({ name: 'salmaq', version, routes });
    return c.html(html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Salmaq</title>
<h1>Salmaq ${version}</h1>
<ul>
${routes.map(({ method, path, summary }) => html`<li><code>${method} ${path}</code> ${summary}</li>\n`)}</ul>
</html>
`);
  });

  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map(({ method }) => method);
    app.all(path.replace('{id}', ':id{.+}'), (c) => {
      throw refuse({
        status: 405,
        code: 'SLM_USAGE',
        detail: `${c.req.method} is not for ${path}`,
        headers: { allow: methods.join(', ') },
      });
    });
  }
}

function documented(app: OpenAPIHono<ApiEnv>): Entry[] {
  return app.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route') return [];
    const { method, path, summary = '' } = definition.route;
    return [{ method: method.toUpperCase(), path, summary }];
  });
}
