import { z } from 'zod';
import { ALERT_CHANGES, alertValueSchema } from './alert.ts';
import { ALERT_EVENT_SOURCE, ALERT_EVENT_TYPE } from './cloud-event.ts';
import { type Subscription, topicOf } from './subscription.ts';

export interface AsyncApiOptions {
  version: string;
  /** The pipeline's `topics.alerts`. */
  prefix?: string;
  /** `host:port` of the brokers subscribers connect to; left out of the document when there are none. */
  brokers?: readonly string[];
}

/**
 * The AsyncAPI 3.0 document of the alert topics, one channel a subscription, from the schemas that make the messages.
 * Salmaq is the application described: it sends.
 */
export function asyncApiDocument(subscriptions: readonly Subscription[], options: AsyncApiOptions) {
  const { version, prefix, brokers = [] } = options;
  const byName = <T>(entry: (subscription: Subscription) => T) =>
    Object.fromEntries(subscriptions.map((subscription) => [subscription.name, entry(subscription)]));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Salmaq alerts',
      version,
      description:
        'What changed about an issue that social media and appeals speak of. An alert asks to verify, to compare or to invite appeals; it is no appeal in law.',
    },
    defaultContentType: 'application/json',
    ...(brokers.length === 0
      ? {}
      : { servers: Object.fromEntries(brokers.map((host, i) => [`kafka${i}`, { host, protocol: 'kafka' }])) }),
    channels: byName(({ name, description }) => ({
      address: topicOf(name, prefix),
      ...(description === undefined ? {} : { description }),
      messages: { alert: { $ref: '#/components/messages/alert' } },
    })),
    operations: byName(({ name }) => ({
      action: 'send',
      channel: { $ref: `#/channels/${name}` },
      messages: [{ $ref: `#/channels/${name}/messages/alert` }],
    })),
    components: {
      messages: {
        alert: {
          name: ALERT_EVENT_TYPE,
          title: `A signal was ${ALERT_CHANGES.join(', ')}`,
          contentType: 'application/json',
          headers: eventHeaders(),
          payload: z.toJSONSchema(alertValueSchema, { target: 'draft-7' }),
          bindings: { kafka: { key: { type: 'string', description: 'the agency, or "-" when it is unresolved' } } },
        },
      },
    },
  };
}

/** CloudEvents 1.0, Kafka binary mode. */
function eventHeaders() {
  const text = (description: string) => ({ type: 'string' as const, description });
  const properties = {
    ce_specversion: { type: 'string' as const, const: '1.0' },
    ce_id: text('the same for the same change, however often it is published: drop what was seen before'),
    ce_type: { type: 'string' as const, const: ALERT_EVENT_TYPE },
    ce_source: { type: 'string' as const, default: ALERT_EVENT_SOURCE },
    ce_subject: text('the id of the signal'),
    ce_time: { type: 'string' as const, format: 'date-time' },
    ce_partitionkey: text('the key of the record'),
    'content-type': { type: 'string' as const, const: 'application/json' },
  };
  return { type: 'object' as const, properties, required: Object.keys(properties) };
}
