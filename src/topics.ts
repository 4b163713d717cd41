import { type Subscription, topicOf } from './alerts/subscription.ts';
import type { Broker } from './broker/broker.ts';
import type { PipelineConfig } from './config/pipeline.ts';
import { SalmaqError } from './errors.ts';

/** Every topic that a pipeline reads or writes. */
export function topicsOf({ topics }: Pick<PipelineConfig, 'topics'>, subscriptions: readonly Subscription[]): string[] {
  const { posts, appeals, postsDead, appealsDead, alerts } = topics;
  return [posts, appeals, postsDead, appealsDead, ...subscriptions.map(({ name }) => topicOf(name, alerts))];
}

/** Fails unless every topic that the pipeline reads or writes is there: none is created silently. */
export async function assertTopics(broker: Pick<Broker, 'topics'>, needed: readonly string[]): Promise<void> {
  const present = new Set(await broker.topics());
  const missing = needed.filter((topic) => !present.has(topic));
  if (missing.length === 0) return;
  throw new SalmaqError('SLM_BROKER', `these topics do not exist: ${missing.join(', ')}`, {
    hint: 'create them, or run "salmaq doctor --fix"',
  });
}
