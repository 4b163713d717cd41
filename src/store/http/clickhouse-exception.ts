import { messageOf } from '../../errors.ts';

/** The codes of ClickHouse that this interface raises itself. */
export const CODE = {
  syntaxError: 62,
  readonly: 164,
  queryIsTooLarge: 184,
  tooManySimultaneousQueries: 202,
  supportIsDisabled: 344,
  sessionNotFound: 372,
  authenticationFailed: 516,
  incorrectData: 117,
} as const;

/** An error as ClickHouse words it over HTTP: `Code: N. DB::Exception: …`. */
export class ClickHouseException extends Error {
  override readonly name = 'ClickHouseException';
  readonly code: number;

  constructor(code: number, message: string) {
    super(/^Code: \d+\./.test(message) ? message : `Code: ${code}. DB::Exception: ${message}`);
    this.code = code;
  }

  get status(): number {
    return STATUS[this.code] ?? 500;
  }
}

/** What the engine threw, with the code that it stands for; 1002 is ClickHouse's own for an unknown one. */
export function toClickHouseException(error: unknown): ClickHouseException {
  if (error instanceof ClickHouseException) return error;
  const message = messageOf(error);
  return new ClickHouseException(Number(/Code: (\d+)/.exec(message)?.[1] ?? 1002), message);
}

/** HTTP status of an error code, as ClickHouse's own server answers; 500 for all others. */
const STATUS: Readonly<Record<number, number>> = {
  6: 400, // CANNOT_PARSE_TEXT
  26: 400, // CANNOT_PARSE_QUOTED_STRING
  27: 400, // CANNOT_PARSE_INPUT_ASSERTION_FAILED
  36: 400, // BAD_ARGUMENTS
  38: 400, // CANNOT_PARSE_DATE
  41: 400, // CANNOT_PARSE_DATETIME
  46: 404, // UNKNOWN_FUNCTION
  47: 404, // UNKNOWN_IDENTIFIER
  48: 501, // NOT_IMPLEMENTED
  50: 404, // UNKNOWN_TYPE
  53: 400, // TYPE_MISMATCH
  60: 404, // UNKNOWN_TABLE
  62: 400, // SYNTAX_ERROR
  72: 400, // CANNOT_PARSE_NUMBER
  73: 404, // UNKNOWN_FORMAT
  81: 404, // UNKNOWN_DATABASE
  115: 404, // UNKNOWN_SETTING
  117: 400, // INCORRECT_DATA
  159: 408, // TIMEOUT_EXCEEDED
  184: 413, // QUERY_IS_TOO_LARGE
  202: 503, // TOO_MANY_SIMULTANEOUS_QUERIES
  372: 404, // SESSION_NOT_FOUND
  516: 403, // AUTHENTICATION_FAILED
};
