import { messageOf, SalmaqError } from '../errors.ts';

/** Kafka's name for a record, or a batch of them, that is larger than the topic takes. */
const TOO_LARGE = 'MESSAGE_TOO_LARGE';

export function missingTopic(topics: readonly string[]): SalmaqError {
  const names = topics.map((topic) => `"${topic}"`).join(', ');
  return new SalmaqError('SLM_BROKER', `${topics.length === 1 ? 'topic' : 'topics'} ${names}: not on the broker`, {
    hint: 'create them, or run "salmaq doctor <pipeline.yaml> --fix"',
  });
}

export function recordTooLarge(topic: string, bytes: number, cause: unknown = { type: TOO_LARGE }): SalmaqError {
  return new SalmaqError('SLM_BROKER', `a record of ${bytes} bytes is larger than the topic "${topic}" takes`, {
    hint: 'raise max.message.bytes of the topic, or write less',
    cause,
  });
}

/** Whether publishing failed because a record is larger than the topic takes. */
export function isRecordTooLarge(error: unknown): boolean {
  return error instanceof SalmaqError && error.code === 'SLM_BROKER' && typeOf(error.cause) === TOO_LARGE;
}

/** The Kafka protocol's name of an error, such as `UNKNOWN_MEMBER_ID`, its causes looked through. */
export function typeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('type' in error && typeof error.type === 'string') return error.type;
  return 'cause' in error ? typeOf(error.cause) : undefined;
}

/** Wraps what a client library threw: our code, its message and what to do. */
export function brokerError(doing: string, cause: unknown): SalmaqError {
  const type = typeOf(cause);
  const hint = HINTS.find(({ matches }) => matches.test(`${type} ${rootOf(cause)}`))?.hint;
  const message = `${doing}: ${messageOf(cause)}`;
  return new SalmaqError('SLM_BROKER', message, hint === undefined ? { cause } : { cause, hint });
}

const HINTS = [
  { matches: /UNKNOWN_TOPIC_OR_PARTITION/, hint: 'create the topics, or run "salmaq doctor <pipeline.yaml> --fix"' },
  { matches: /AUTHORIZATION_FAILED/, hint: 'grant the user of "kafka.sasl" access to the topics and the group' },
  { matches: /SASL|AUTHENTICATION/i, hint: 'check "kafka.sasl": mechanism, username and password' },
  { matches: /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|timeout/i, hint: 'check "kafka.brokers", and that Kafka runs' },
  { matches: /certificate|SSL|TLS/i, hint: 'check "kafka.ssl"' },
];

/**
 * Whether what made reading fail may pass: a connection or a broker that is gone for a while, but not records that
 * cannot be unpacked, a topic that was deleted, or access that was refused.
 */
export function isTransient(error: unknown): boolean {
  if (typeOf(error) === 'UNKNOWN_TOPIC_OR_PARTITION') return false;
  const root = rootOf(error);
  return typeof root === 'object' && root !== null && 'retriable' in root && root.retriable === true;
}

function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error;
}
