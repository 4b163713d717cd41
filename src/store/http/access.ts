import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { ClickHouseException, CODE } from './clickhouse-exception.ts';
import { header } from './request.ts';

/**
 * Throws `AUTHENTICATION_FAILED` unless the request comes from where it may.
 *
 * A browser is kept out: its pages can reach a local port, and a name that was bound anew to 127.0.0.1 makes the answer
 * theirs to read. It shows by the `Origin` it sends and by a `Host` that is neither an address nor `localhost`.
 */
export function assertAllowed(message: IncomingMessage, hosts: readonly string[], password: string): void {
  if (message.headers.origin !== undefined || !isOwnHost(message.headers.host ?? '', hosts)) {
    throw new ClickHouseException(CODE.authenticationFailed, 'not for web pages. (AUTHENTICATION_FAILED)');
  }
  if (password === '' || sameText(password, givenPassword(message))) return;
  throw new ClickHouseException(CODE.authenticationFailed, 'Authentication failed. (AUTHENTICATION_FAILED)');
}

function isOwnHost(host: string, hosts: readonly string[]): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return name === 'localhost' || isIP(name) !== 0 || hosts.includes(name);
}

function givenPassword(message: IncomingMessage): string {
  const basic = /^Basic (.+)$/i.exec(message.headers.authorization ?? '')?.[1];
  if (basic !== undefined)
    return Buffer.from(basic, 'base64')
      .toString('utf8')
      .replace(/^[^:]*:/, '');
  const key = header(message, 'x-clickhouse-key');
  return key ?? new URL(message.url ?? '/', 'http://localhost').searchParams.get('password') ?? '';
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
