import { createRequire } from 'node:module';
import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';
import { z } from 'zod';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export const loggerSettingsSchema = z.strictObject({
  level: z.enum(LOG_LEVELS).default('info'),
  pretty: z.boolean().default(false).describe('lines for people instead of JSON'),
});
export type LoggerSettings = z.infer<typeof loggerSettingsSchema>;

/** What must not stand in a log, wherever a caller hands over a whole settings object. */
const SECRETS = ['token', 'tokens', 'password', 'authorKey', 'authorization', 'sasl'];
const STDERR = 2;

/**
 * A pino logger that writes to stderr, since stdout is for data. For events of a batch, of a period, of the process; never
 * for each post.
 *
 * Lines are written at once, so that the last ones before a crash are there. With `pretty`, and where `pino-pretty` is not
 * installed, the lines are JSON all the same.
 *
 * @param stream where the lines go instead of stderr.
 */
export function createLogger({ level, pretty }: LoggerSettings, stream?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
    },
    stream ?? (pretty ? prettyStderr() : undefined) ?? destination({ fd: STDERR, sync: true }),
  );
}

export type { Logger };

function prettyStderr(): DestinationStream | undefined {
  const require = createRequire(import.meta.url);
  try {
    // Asked for by name at run time: it is there in development, and a production install may leave it out.
    const build: typeof import('pino-pretty') = require('pino-pretty');
    return build({ destination: STDERR, sync: true, translateTime: 'SYS:HH:MM:ss' });
  } catch {
    return undefined;
  }
}
