import { z } from 'zod';

const seconds = z.number().int().min(1).max(86_400);

/** ClickHouse inside this process, on a directory that no other process may have open. */
export const embeddedStoreSettings = z.strictObject({
  path: z.string().min(1),
  /** A query that takes longer is stopped. */
  maxQuerySeconds: seconds.default(300),
});

/** A ClickHouse server, over HTTP or HTTPS. */
export const serverStoreSettings = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' }),
  username: z.string().min(1).default('default'),
  password: z.string().default(''),
  database: z
    .string()
    .regex(/^\w{1,64}$/, 'must be letters, digits and _')
    .default('default'),
  /** Name of the ClickHouse cluster; inserts then wait for a quorum of replicas and for every shard. */
  cluster: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'must be letters, digits, - and _')
    .optional(),
  /** PEM files. */
  tls: z.strictObject({ ca: z.string(), cert: z.string().optional(), key: z.string().optional() }).optional(),
  maxQuerySeconds: seconds.default(300),
});

export const storeSettings = z.union([embeddedStoreSettings, serverStoreSettings]);

export type EmbeddedStoreSettings = z.infer<typeof embeddedStoreSettings>;
export type ServerStoreSettings = z.infer<typeof serverStoreSettings>;
export type StoreSettings = z.input<typeof storeSettings>;
