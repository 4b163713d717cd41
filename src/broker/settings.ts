import { z } from 'zod';

const address = z.string().regex(/^[^\s:,]+:\d{1,5}$|^\[[^\s\]]+\]:\d{1,5}$/, 'must be host:port');
const addresses = z.preprocess(
  // One variable of the environment can then name several brokers.
  (value) => (typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value),
  z.array(address).min(1, 'name at least one host:port'),
);
const pemFile = z.string().min(1).describe('path of a PEM file');
const milliseconds = z.number().int().positive();
const bytes = z.number().int().positive();

const tlsSchema = z
  .strictObject({
    ca: pemFile.optional(),
    cert: pemFile.optional(),
    key: pemFile.optional(),
    rejectUnauthorized: z.boolean().default(true),
  })
  .refine(({ cert, key }) => (cert === undefined) === (key === undefined), {
    error: '"cert" and "key" go together',
  });

const credentials = {
  username: z.string().min(1),
  password: z.string().min(1, 'is empty; set the environment variable that it comes from'),
};

const saslSchema = z.discriminatedUnion('mechanism', [
  z.strictObject({ mechanism: z.literal('plain'), ...credentials }),
  z.strictObject({ mechanism: z.literal('scram-sha-256'), ...credentials }),
  z.strictObject({ mechanism: z.literal('scram-sha-512'), ...credentials }),
]);

/** How to reach Kafka and how to be a member of its group: the `kafka` part of a pipeline file. */
export const kafkaSettingsSchema = z
  .strictObject({
    brokers: addresses,
    clientId: z.string().min(1).default('salmaq'),
    groupId: z.string().min(1).default('salmaq'),
    ssl: z.union([z.boolean(), tlsSchema]).default(false),
    sasl: saslSchema.optional(),
    /** A member not heard of for so long is expelled from the group. */
    sessionTimeoutMs: milliseconds.default(30_000),
    heartbeatMs: milliseconds.default(3_000),
    /** How long a rebalance waits for the members; seven tenths of it are given to the batch at work. */
    rebalanceTimeoutMs: milliseconds.default(60_000),
    connectionTimeoutMs: milliseconds.default(5_000),
    requestTimeoutMs: milliseconds.default(30_000),
    /** How often a request is repeated, at growing intervals from 0.3 s on. */
    retries: z.number().int().min(1).max(20).default(5),
    fetch: z
      .strictObject({
        /** Of one fetch, as sent: compressed records unpack to several times that. */
        maxBytes: bytes.default(8_388_608),
        maxBytesPerPartition: bytes.default(1_048_576),
        /** How long the broker holds a fetch back when there is nothing to return. */
        maxWaitMs: milliseconds.default(500),
      })
      .prefault({}),
  })
  .refine(({ heartbeatMs, sessionTimeoutMs }) => heartbeatMs * 2 <= sessionTimeoutMs, {
    path: ['heartbeatMs'],
    error: 'must be at most half of "sessionTimeoutMs"; a tenth is usual',
  });

export type KafkaSettings = z.infer<typeof kafkaSettingsSchema>;
