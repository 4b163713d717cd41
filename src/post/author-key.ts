import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { SalmaqError } from '../errors.ts';

/** Turns the id of an author or a channel into an unsigned 64-bit number that only the holder of the key can repeat. */
export type AuthorHash = (platform: string, id: string) => bigint;

const MAX_KNOWN = 50_000;

/**
 * HMAC-SHA-256 (RFC 2104) of `platform`, NUL and `id`, its first 64 bits; never 0, which stands for "none". Twenty
 * million accounts collide with probability 10⁻⁵.
 *
 * @throws SalmaqError `SLM_CONFIG` when the key has fewer than 16 bytes.
 */
export function createAuthorHash(key: Uint8Array): AuthorHash {
  if (key.length < 16) {
    throw new SalmaqError('SLM_CONFIG', 'the author key is shorter than 16 bytes', {
      hint: 'set SALMAQ_AUTHOR_KEY to at least 16 random characters, and keep it: another key makes other authors',
    });
  }
  const secret: KeyObject = createSecretKey(key);
  // A few accounts write most posts, and a hash costs as much as parsing half a post.
  let known = new Map<string, bigint>();
  return (platform, id) => {
    const name = `${platform}\0${id}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const hash = createHmac('sha256', secret).update(name).digest().readBigUInt64LE(0) || 1n;
    if (known.size >= MAX_KNOWN) known = new Map();
    known.set(name, hash);
    return hash;
  };
}
