import { isIPv4 } from 'node:net';
import { z } from 'zod';
import { SalmaqError } from '../errors.ts';

export const ROLE = /^(analyst|ingest|monitor|agency:[\w.-]{1,64})$/;
const MIB = 1_048_576;

/**
 * Who may do what with a token. `analyst` reads every signal, `agency:<id>` the signals of that agency, `ingest` posts
 * records, `monitor` reads metrics.
 */
const tokenSchema = z.strictObject({
  token: z.string().min(16, 'must be at least 16 characters, such as the output of "openssl rand -hex 32"'),
  role: z.string().regex(ROLE, 'must be analyst, ingest, monitor or agency:<id>'),
});

/** The server's part of a pipeline file. Tokens come from the environment. */
export const serverSettingsSchema = z
  .strictObject({
    host: z.string().min(1).default('127.0.0.1'),
    port: z.number().int().min(0).max(65_535).default(8080).describe('0 takes any free port'),
    tokens: z
      .array(tokenSchema)
      .refine((tokens) => new Set(tokens.map(({ token }) => token)).size === tokens.length, 'a token is given twice')
      .default([]),
    hostNames: z.array(z.string().min(1)).default([]).describe('names it is reached by, beside those of the loopback'),
    bodyBytes: z
      .number()
      .int()
      .min(1024)
      .max(256 * MIB)
      .default(16 * MIB)
      .describe('largest body'),
    maxWindowDays: z.number().positive().max(3660).default(366).describe('longest window weighed on demand'),
    concurrentQueries: z
      .number()
      .int()
      .min(1)
      .max(64)
      .default(2)
      .describe('windows weighed on demand at a time; four heavy queries fill the thread pool'),
    concurrentInserts: z.number().int().min(1).max(64).default(4).describe('bodies held in memory at a time'),
  })
  .refine((settings) => isLoopback(settings.host) || settings.tokens.length > 0, {
    path: ['tokens'],
    error: 'are needed where it is reached from other machines',
  });

/** Settings of the server, defaults filled. */
export type ServerSettings = z.output<typeof serverSettingsSchema>;

/** Whether an address is reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/** @throws SalmaqError `SLM_CONFIG` where anyone on the network could read and write. */
export function assertClosed({ host, tokens }: Pick<ServerSettings, 'host' | 'tokens'>): void {
  if (isLoopback(host) || tokens.length > 0) return;
  throw new SalmaqError('SLM_CONFIG', `the server is to bind to ${host} without a token`, {
    hint: 'add "http.tokens" to the pipeline file, or bind to 127.0.0.1',
  });
}
