import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../src/telemetry/metrics.ts';

describe('the metrics', () => {
  it('count what they are told, each worker for itself', async () => {
    const [one, other] = [createMetrics({ version: '1' }), createMetrics({ version: '1' })];
    one.recordsConsumed.inc({ topic: 'posts.raw' }, 250);
    one.deadLetters.inc({ kind: 'post', reason: 'schema' });
    one.consumerLag.set({ topic: 'posts.raw', partition: 2 }, 17);
    one.insertSeconds.observe({ table: 'posts' }, 0.04);
    const text = await one.registry.metrics();
    expect(text).toContain('salmaq_records_consumed_total{topic="posts.raw"} 250');
    expect(text).toContain('salmaq_dead_letters_total{kind="post",reason="schema"} 1');
    expect(text).toContain('salmaq_consumer_lag_records{topic="posts.raw",partition="2"} 17');
    expect(text).toContain('salmaq_insert_seconds_bucket{le="0.05",table="posts"} 1');
    expect(await other.registry.metrics()).not.toContain('posts.raw');
  });

  it('are all named for Salmaq, beside those of the process', async () => {
    const { registry } = createMetrics({ version: '1.2.3' });
    const names = registry.getMetricsAsArray().map(({ name }) => name);
    expect(names.filter((name) => !/^(salmaq|process|nodejs)_/.test(name))).toEqual([]);
    const text = await registry.metrics();
    expect(text).toContain('salmaq_build_info{version="1.2.3"} 1');
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(text).toContain('process_resident_memory_bytes');
  });
});
