import { z } from 'zod';

/** Unix milliseconds: in SQL `toUnixTimestamp64Milli(column)`, or a parameter of type `Int64`. ClickHouse quotes 64 bits. */
export const ms = z.coerce.number().int();

/** A count that JavaScript holds exactly. */
export const count = z.coerce.number().int().nonnegative();

/** An integer of 64 bits. */
export const integer64 = z.coerce.bigint();

/** Bytes of a `String` column: in SQL `base64Encode(column)`. */
export const base64Bytes = z.string().transform((text): Uint8Array => Buffer.from(text, 'base64'));
