/** Every error Salmaq raises on purpose: a stable code, and the exit code the command line ends with. */
export const ERROR_EXIT_CODES = {
  SLM_USAGE: 2,
  SLM_CONFIG: 2,
  SLM_LIST: 2,
  SLM_INPUT: 1,
  SLM_INVALID_SHARE: 1,
  SLM_BROKER: 1,
  SLM_FENCED: 1,
  SLM_STORE: 1,
  SLM_STORE_BUSY: 1,
  SLM_SCHEMA: 1,
  SLM_MODEL: 1,
  SLM_NOT_READY: 1,
  SLM_ACCESS: 1,
  SLM_INTERNAL: 1,
} as const;

export type ErrorCode = keyof typeof ERROR_EXIT_CODES;

/**
 * What happened, where, and what to do next, in one message.
 *
 * @example
 * throw new SalmaqError('SLM_CONFIG', 'pipelines/national.yaml:7:3: "kafka.brokers" must not be empty', {
 *   hint: 'list at least one host:port',
 * });
 */
export class SalmaqError extends Error {
  override readonly name = 'SalmaqError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }

  get exitCode(): number {
    return ERROR_EXIT_CODES[this.code];
  }
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
