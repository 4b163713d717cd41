import type { Store } from '../store/store.ts';
import { type AlertMessage, toCloudEvent } from './cloud-event.ts';
import type { NextAlerts } from './next-alerts.ts';
import { topicOf } from './subscription.ts';

/**
 * Publishes the messages of a turn and then stores its states: in that order, so that what fails in between is published
 * again with the same ids, and nothing is stored that nobody was told.
 *
 * @param prefix the pipeline's `topics.alerts`.
 */
export async function publishAlerts(
  { messages, changed }: Pick<NextAlerts, 'messages' | 'changed'>,
  broker: { publish(topic: string, records: AlertMessage[]): Promise<void> },
  store: Pick<Store, 'insert'>,
  prefix?: string,
): Promise<void> {
  const byTopic = new Map<string, AlertMessage[]>();
  for (const alert of messages) {
    const topic = topicOf(alert.value.subscription, prefix);
    const records = byTopic.get(topic);
    if (records === undefined) byTopic.set(topic, [toCloudEvent(alert)]);
    else records.push(toCloudEvent(alert));
  }
  for (const [topic, records] of byTopic) await broker.publish(topic, records);
  await store.insert('alerts', changed);
}
