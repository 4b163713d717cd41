import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { refuse } from './problem.ts';
import { isLoopback, type ServerSettings } from './settings.ts';

/** Who asks. `local` is anyone on this machine where no tokens are configured. */
export type Principal = { role: 'local' | 'analyst' | 'ingest' | 'monitor' } | { role: 'agency'; agency: string };

/** `read` the signals one may see, `survey` what is about no agency, `ingest` records, `measure` the process. */
export type Right = 'read' | 'survey' | 'ingest' | 'measure';

const RIGHTS: Readonly<Record<Principal['role'], readonly Right[]>> = {
  local: ['read', 'survey', 'ingest', 'measure'],
  analyst: ['read', 'survey', 'measure'],
  agency: ['read'],
  ingest: ['ingest'],
  monitor: ['measure'],
};

export interface ApiEnv {
  Variables: { principal: Principal };
}

/** Makes a function that gives the middleware letting through who has a right: 401 without a token, 403 with a wrong one. */
export function createGuard(tokens: ServerSettings['tokens']): (right: Right) => MiddlewareHandler<ApiEnv> {
  const known = tokens.map(({ token, role }) => ({ digest: digestOf(token), principal: toPrincipal(role) }));
  return (right) => async (c, next) => {
    const principal = known.length === 0 ? LOCAL : identify(c.req.header('authorization'));
    if (!RIGHTS[principal.role].includes(right)) {
      throw refuse({ status: 403, code: 'SLM_ACCESS', detail: `a token of role ${principal.role} may not do this` });
    }
    c.set('principal', principal);
    await next();
  };

  function identify(authorization: string | undefined): Principal {
    const token = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw unauthorised('send "Authorization: Bearer <token>"', 'Bearer');
    const digest = digestOf(token);
    let found: Principal | undefined;
    // All are compared, each in constant time, so that the time taken tells nothing.
    for (const candidate of known) {
      if (timingSafeEqual(candidate.digest, digest)) found = candidate.principal;
    }
    if (found === undefined) throw unauthorised('the token is not known', 'Bearer error="invalid_token"');
    return found;
  }
}

/**
 * Refuses an agency what is another's, `null` being nobody's. To be asked before anything is looked up, so that the answer does not tell
 * what others have.
 */
export function assertOwn(principal: Principal, agency: string | null): void {
  if (principal.role !== 'agency' || principal.agency === agency) return;
  const detail = `this token reads the signals of ${principal.agency} only`;
  throw refuse({ status: 403, code: 'SLM_ACCESS', detail });
}

/**
 * Refuses, on a server bound to the loopback, requests that name another host: a web page that has its own name resolve
 * to 127.0.0.1 (DNS rebinding) reaches nothing.
 */
export function guardHost({ host, hostNames }: Pick<ServerSettings, 'host' | 'hostNames'>): MiddlewareHandler {
  const names = new Set(hostNames.map((name) => name.toLowerCase()));
  return async (c, next) => {
    const name = hostNameOf(c.req.header('host') ?? new URL(c.req.url).host);
    if (isLoopback(host) && !isLoopback(name) && !names.has(name)) {
      throw refuse({
        status: 403,
        code: 'SLM_ACCESS',
        detail: 'the Host header names another host than this one',
        hint: 'ask by 127.0.0.1 or localhost, or add the name to "http.hostNames"',
      });
    }
    await next();
  };
}

const LOCAL: Principal = { role: 'local' };

function hostNameOf(host: string): string {
  const url = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : undefined;
  return url?.hostname.replace(/^\[|\]$/g, '') ?? '';
}

function toPrincipal(role: string): Principal {
  if (role === 'analyst' || role === 'ingest' || role === 'monitor') return { role };
  return { role: 'agency', agency: role.slice('agency:'.length) };
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function unauthorised(detail: string, challenge: string) {
  return refuse({ status: 401, code: 'SLM_ACCESS', detail, headers: { 'www-authenticate': challenge } });
}
