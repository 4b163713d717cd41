/**
 * CityHash128 in its version 1.0.2, with which ClickHouse guards its compressed blocks.
 *
 * Source: Pike and Alakuijala, «Introducing CityHash», Google Open Source Blog, April 2011; later versions of it differ.
 */

type Pair = readonly [bigint, bigint];

const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;
const K3 = 0xc949d7c7509e6557n;
const K_MUL = 0x9ddfea08eb382d69n;

/** The 16 bytes of the hash of `bytes`, as ClickHouse writes them. */
export function cityHash128(bytes: Buffer): Buffer {
  const [low, high] = hash(bytes);
  const digest = Buffer.alloc(16);
  digest.writeBigUInt64LE(low, 0);
  digest.writeBigUInt64LE(high, 8);
  return digest;
}

function hash(s: Buffer): Pair {
  const length = BigInt(s.length);
  if (s.length >= 16) return withSeed(s.subarray(16), [s.readBigUInt64LE(0) ^ K3, s.readBigUInt64LE(8)]);
  if (s.length >= 8) {
    return withSeed(Buffer.alloc(0), [s.readBigUInt64LE(0) ^ u64(length * K0), s.readBigUInt64LE(s.length - 8) ^ K1]);
  }
  return withSeed(s, [K0, K1]);
}

function withSeed(s: Buffer, seed: Pair): Pair {
  if (s.length < 128) return murmur(s, seed);
  let [x, y] = seed;
  let z = u64(BigInt(s.length) * K1);
  const v0 = u64(rotate(y ^ K1, 49n) * K1 + s.readBigUInt64LE(0));
  let v: Pair = [v0, u64(rotate(v0, 42n) * K1 + s.readBigUInt64LE(8))];
  let w: Pair = [u64(rotate(u64(y + z), 35n) * K1 + x), u64(rotate(u64(x + s.readBigUInt64LE(88)), 53n) * K1)];

  let at = 0;
  while (s.length - at >= 128) {
    for (const end = at + 128; at < end; at += 64) {
      x = u64(rotate(u64(x + y + v[0] + s.readBigUInt64LE(at + 16)), 37n) * K1) ^ w[1];
      y = u64(rotate(u64(y + v[1] + s.readBigUInt64LE(at + 48)), 42n) * K1) ^ v[0];
      z = rotate(z ^ w[0], 33n);
      v = weak(s, at, u64(v[1] * K1), u64(x + w[0]));
      w = weak(s, at + 32, u64(z + w[1]), y);
      [x, z] = [z, x];
    }
  }

  y = u64(y + rotate(w[0], 37n) * K0 + z);
  x = u64(x + rotate(u64(v[0] + z), 49n) * K0);
  const left = s.length - at;
  for (let done = 32; done - 32 < left; done += 32) {
    y = u64(rotate(u64(y - x), 42n) * K0 + v[1]);
    const w0 = u64(w[0] + s.readBigUInt64LE(s.length - done + 16));
    x = u64(rotate(x, 49n) * K0 + w0);
    w = [u64(w0 + v[0]), w[1]];
    v = weak(s, s.length - done, v[0], v[1]);
  }
  x = hash16(x, v[0]);
  y = hash16(y, w[0]);
  return [u64(hash16(u64(x + v[1]), w[1]) + y), hash16(u64(x + w[1]), u64(y + v[1]))];
}

function murmur(s: Buffer, seed: Pair): Pair {
  let [a, b] = seed;
  let c: bigint;
  let d: bigint;
  if (s.length <= 16) {
    a = u64(shiftMix(u64(a * K1)) * K1);
    c = u64(b * K1 + hashTo16(s));
    d = shiftMix(u64(a + (s.length >= 8 ? s.readBigUInt64LE(0) : c)));
  } else {
    c = hash16(u64(s.readBigUInt64LE(s.length - 8) + K1), a);
    d = hash16(u64(b + BigInt(s.length)), u64(c + s.readBigUInt64LE(s.length - 16)));
    a = u64(a + d);
    for (let at = 0; at < s.length - 16; at += 16) {
      a = u64((a ^ u64(shiftMix(u64(s.readBigUInt64LE(at) * K1)) * K1)) * K1);
      b ^= a;
      c = u64((c ^ u64(shiftMix(u64(s.readBigUInt64LE(at + 8) * K1)) * K1)) * K1);
      d ^= c;
    }
  }
  a = hash16(a, c);
  b = hash16(d, b);
  return [a ^ b, hash16(b, a)];
}

function hashTo16(s: Buffer): bigint {
  const length = BigInt(s.length);
  if (s.length > 8) {
    const a = s.readBigUInt64LE(0);
    const b = s.readBigUInt64LE(s.length - 8);
    return hash16(a, rotate(u64(b + length), length)) ^ b;
  }
  if (s.length >= 4) return hash16(length + (BigInt(s.readUInt32LE(0)) << 3n), BigInt(s.readUInt32LE(s.length - 4)));
  if (s.length === 0) return K2;
  const y = BigInt(s.readUInt8(0)) + (BigInt(s.readUInt8(s.length >> 1)) << 8n);
  const z = length + (BigInt(s.readUInt8(s.length - 1)) << 2n);
  return u64(shiftMix(u64(y * K2) ^ u64(z * K3)) * K2);
}

function weak(s: Buffer, at: number, seedA: bigint, seedB: bigint): Pair {
  const w = s.readBigUInt64LE(at);
  const z = s.readBigUInt64LE(at + 24);
  const a = u64(seedA + w);
  const b = rotate(u64(seedB + a + z), 21n);
  const sum = u64(a + s.readBigUInt64LE(at + 8) + s.readBigUInt64LE(at + 16));
  return [u64(sum + z), u64(b + rotate(sum, 44n) + a)];
}

function hash16(u: bigint, v: bigint): bigint {
  let a = u64((u ^ v) * K_MUL);
  a ^= a >> 47n;
  let b = u64((v ^ a) * K_MUL);
  b ^= b >> 47n;
  return u64(b * K_MUL);
}

function shiftMix(value: bigint): bigint {
  return value ^ (value >> 47n);
}

function rotate(value: bigint, shift: bigint): bigint {
  return u64((value >> shift) | (value << (64n - shift)));
}

function u64(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}
