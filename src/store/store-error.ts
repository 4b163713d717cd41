import { messageOf, SalmaqError } from '../errors.ts';

/** ClickHouse error codes that pass by themselves: overload, a lost replica, a failing network, merges behind. */
const TRANSIENT_CODES = new Set([
  '159', // TIMEOUT_EXCEEDED
  '202', // TOO_MANY_SIMULTANEOUS_QUERIES
  '203', // NO_FREE_CONNECTION
  '209', // SOCKET_TIMEOUT
  '210', // NETWORK_ERROR
  '225', // NO_ZOOKEEPER
  '236', // ABORTED
  '241', // MEMORY_LIMIT_EXCEEDED
  '242', // TABLE_IS_READ_ONLY
  '252', // TOO_MANY_PARTS
  '279', // ALL_CONNECTION_TRIES_FAILED
  '285', // TOO_FEW_LIVE_REPLICAS
  '286', // UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE
  '319', // UNKNOWN_STATUS_OF_INSERT
  '439', // CANNOT_SCHEDULE_TASK
  '473', // DEADLOCK_AVOIDED
  '999', // KEEPER_EXCEPTION
]);

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** ClickHouse quotes the statement in its message, which may be long. */
const MAX_MESSAGE = 2000;

/** An error of ClickHouse or of the way to it, as `SLM_STORE`. `what` says what was being done. */
export function toStoreError(error: unknown, what: string): SalmaqError {
  if (error instanceof SalmaqError) return error;
  const code = codeOf(error);
  const hint =
    code !== undefined && NETWORK_CODES.has(code)
      ? 'check that ClickHouse runs and that its address is right (salmaq doctor)'
      : undefined;
  return new SalmaqError('SLM_STORE', `${what}: ${describe(error, code)}`, {
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Whether the same statement may well succeed a little later. */
export function isTransient(error: unknown): boolean {
  const cause = error instanceof SalmaqError ? error.cause : error;
  const code = codeOf(cause);
  if (code !== undefined && (NETWORK_CODES.has(code) || TRANSIENT_CODES.has(code))) return true;
  // The client names neither of these with a code.
  return /socket hang up|Timeout error|status code 50[234]/i.test(messageOf(cause));
}

/** The client shortens an engine's message at its first bracket; the whole one is its cause where the engine is embedded. */
function describe(error: unknown, code: string | undefined): string {
  const cause = error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : '';
  if (cause.startsWith('Code: ')) return cause.slice(0, MAX_MESSAGE);
  const message = messageOf(error).trim().slice(0, MAX_MESSAGE);
  if (code !== undefined && /^\d+$/.test(code)) return `Code: ${code}. ${message}`;
  return message || (code ?? 'unknown error');
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
