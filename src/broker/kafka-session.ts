import type kafkajs from 'kafkajs';

/**
 * Whether the coordinator still counts this member in, by the clock: it expels one that it has not heard of for the
 * session timeout, and a process that was stopped or cut off learns that only afterwards.
 */
export class KafkaSession {
  private readonly timeoutMs: number;
  private aliveAtMs = Number.NEGATIVE_INFINITY;
  /** When the latest heartbeat was sent; what counts is when the coordinator got it, not when its answer came. */
  private sentAtMs = Number.NEGATIVE_INFINITY;

  constructor(timeoutMs: number) {
    this.timeoutMs = timeoutMs;
  }

  watch(consumer: kafkajs.Consumer): void {
    const { events } = consumer;
    consumer.on(events.REQUEST, ({ payload }) => {
      if (payload.apiName === 'Heartbeat' || payload.apiName === 'SyncGroup') {
        this.sentAtMs = performance.now() - payload.duration;
      }
    });
    const heard = () => {
      this.aliveAtMs = this.sentAtMs;
    };
    consumer.on(events.HEARTBEAT, heard);
    consumer.on(events.GROUP_JOIN, heard);
  }

  readonly isAlive = (): boolean => performance.now() - this.aliveAtMs < this.timeoutMs;
}
