/** With the flag `u` a surrogate matches only where it has no partner. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Parameter values as both connections send them alike: strings well-formed, a `Date` as Unix seconds with milliseconds
 * (the embedded engine would drop those), a `bigint` in decimal.
 */
export function queryParams(params: unknown): Record<string, unknown> {
  if (typeof params !== 'object' || params === null) return {};
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, paramValue(value)]));
}

function paramValue(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(LONE_SURROGATE, '\ufffd');
  // Ten digits at least: ClickHouse takes a shorter number for a year.
  if (value instanceof Date) return (value.getTime() / 1000).toFixed(3).padStart(14, '0');
  // The embedded engine's binding refuses a number that is a whole one past 2^53; its digits are right for a float.
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) return BigInt(value);
  if (Array.isArray(value)) return value.map(paramValue);
  return value;
}
