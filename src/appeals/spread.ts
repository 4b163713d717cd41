const DAY_MS = 86_400_000;

/** A part of a count: how many, and the noon of the day it is put on, in Unix milliseconds. */
export interface DayCount {
  atMs: number;
  count: number;
}

/**
 * Spreads a count over the days of a period as evenly as whole numbers allow, so that a month's sum makes no day of it look
 * like an outbreak. The days that get one more are taken in an order that halves the gaps (van der Corput, 1935), and a larger
 * count takes the same ones and others: a later export of the period replaces an earlier one.
 */
export function spreadOverDays(count: number, fromMs: number, toMs: number): DayCount[] {
  const days = Math.max(1, Math.round((toMs - fromMs) / DAY_MS));
  const order = Array.from({ length: days }, (_, day) => day).sort((a, b) => radicalInverse(a) - radicalInverse(b));
  const each = Math.floor(count / days);
  const more = new Set(order.slice(0, count % days));
  return Array.from({ length: days }, (_, day) => ({
    atMs: fromMs + day * DAY_MS + DAY_MS / 2,
    count: each + (more.has(day) ? 1 : 0),
  })).filter((part) => part.count > 0);
}

/** The binary digits of a whole number mirrored at the point: 1 → 0.5, 2 → 0.25, 3 → 0.75. */
function radicalInverse(number: number): number {
  let inverse = 0;
  for (let rest = number, digit = 0.5; rest > 0; rest = Math.floor(rest / 2), digit /= 2) {
    inverse += (rest % 2) * digit;
  }
  return inverse;
}
