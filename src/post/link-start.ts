import { CLASS, unitTable } from './unit-table.ts';

const HYPHEN = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const COLON = 0x3a;

/** Of a name in the DNS (RFC 1035); a chain of full stops and letters that is longer would be read again from each of them. */
const LONGEST_HOST = 253;

const TOP_LEVEL_DOMAINS = new Set([
  'kz',
  'ru',
  'com',
  'org',
  'net',
  'info',
  'me',
  'io',
  'uz',
  'kg',
  'gov',
  'қаз',
  'рф',
]);

/** Whether a word before this unit may turn out to begin a link. */
export function mayEndInLink(unit: number): boolean {
  return unit === DOT || unit === COLON || unit === HYPHEN;
}

/** Whether a link starts at `i`: `scheme://`, `www.`, or a bare host under a well-known top-level domain. */
export function isLinkAt(raw: Uint16Array, i: number, length: number): boolean {
  const { classes, lower } = unitTable;
  let j = i;
  let lastDot = -1;
  while (j < length) {
    if (j - i > LONGEST_HOST) return false;
    const unit = raw[j] ?? 0;
    if (unit === DOT) {
      if (j + 1 >= length || (classes[raw[j + 1] ?? 0] ?? 0) < CLASS.letter) break;
      lastDot = j;
    } else if (unit === COLON) {
      return lastDot < 0 && j > i && j + 2 < length && raw[j + 1] === SLASH && raw[j + 2] === SLASH;
    } else if (unit !== HYPHEN && (classes[unit] ?? 0) < CLASS.letter) {
      break;
    }
    j++;
  }
  if (lastDot < 0) return false;
  if (raw[i + 3] === DOT && isWww(raw, i)) return true;
  if (j - lastDot > 5) return false;
  let domain = '';
  for (let d = lastDot + 1; d < j; d++) domain += String.fromCharCode(lower[raw[d] ?? 0] ?? 0);
  return TOP_LEVEL_DOMAINS.has(domain);
}

function isWww(raw: Uint16Array, i: number): boolean {
  return (raw[i] ?? 0) % 32 === 23 && (raw[i + 1] ?? 0) % 32 === 23 && (raw[i + 2] ?? 0) % 32 === 23;
}
