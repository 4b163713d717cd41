import { describe, expect, test } from 'vitest';
import { renderForCluster } from '../../../src/store/cluster.ts';
import { printMigrations, readMigrations } from '../../../src/store/migrate.ts';
import { retentionStatements } from '../../../src/store/retention.ts';
import { splitStatements, tokenize } from '../../../src/store/sql-text.ts';

const migrations = await readMigrations();

test.each(migrations)('every statement of $name may be run again after a crash', ({ sql }) => {
  for (const statement of splitStatements(sql)) {
    expect(statement).toMatch(/^(CREATE TABLE IF NOT EXISTS|ALTER TABLE \w+ (ADD|DROP|MODIFY)\b)/);
  }
});

describe('for a cluster', () => {
  test('every table is replicated within its shard and spread by its natural key', () => {
    const [local, distributed, ...others] = renderForCluster(
      `-- why
      CREATE TABLE IF NOT EXISTS t (a String, b DateTime) ENGINE = ReplacingMergeTree(version)
      PARTITION BY toYYYYMM(b) ORDER BY (toStartOfHour(b), a);`,
      'prod',
    );
    expect(local).toContain("CREATE TABLE IF NOT EXISTS t_local ON CLUSTER 'prod'");
    expect(local).toContain(
      "ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/t', '{replica}', version)",
    );
    expect(distributed).toBe(
      "CREATE TABLE IF NOT EXISTS t ON CLUSTER 'prod' AS t_local\n" +
        "ENGINE = Distributed('prod', currentDatabase(), t_local, cityHash64(toStartOfHour(b), a))",
    );
    expect(others).toEqual([]);
  });

  test('the whole schema can be printed, and leaves no table on one server only', async () => {
    const printed = splitStatements(await printMigrations('prod'));
    expect(printed.every((statement) => statement.includes("ON CLUSTER 'prod'"))).toBe(true);
    const plain = splitStatements(await printMigrations());
    expect(printed).toHaveLength(2 * plain.length);
  });

  test('a new column goes to both tables, a TTL to the local one', () => {
    expect(renderForCluster('ALTER TABLE posts ADD COLUMN IF NOT EXISTS x Int8', 'c')).toEqual([
      "ALTER TABLE posts_local ON CLUSTER 'c' ADD COLUMN IF NOT EXISTS x Int8",
      "ALTER TABLE posts ON CLUSTER 'c' ADD COLUMN IF NOT EXISTS x Int8",
    ]);
    expect(retentionStatements({ posts: 90 }, 'c')).toEqual([
      "ALTER TABLE posts_local ON CLUSTER 'c' MODIFY TTL toDateTime(published_at) + INTERVAL 90 DAY SETTINGS mutations_sync = 2",
      "ALTER TABLE cluster_links_local ON CLUSTER 'c' MODIFY TTL toDateTime(linked_at) + INTERVAL 90 DAY SETTINGS mutations_sync = 2",
    ]);
  });

  test('a name that would break out of its quotes is refused', () => {
    expect(() => renderForCluster('SELECT 1', "a' DROP")).toThrow(expect.objectContaining({ code: 'SLM_USAGE' }));
  });
});

test('a semicolon ends a statement only outside strings, names and comments', () => {
  const text = `-- a; b\n SELECT ';', \`;\`, ";" /* ; */; ;\n SELECT 'it''s \\'; ' -- end;`;
  expect(splitStatements(text)).toEqual([`SELECT ';', \`;\`, ";" /* ; */`, `SELECT 'it''s \\'; ' -- end;`]);
  expect(tokenize("a 'b' `c`").map(({ kind, text }) => [kind, text])).toEqual([
    ['word', 'a'],
    ['string', "'b'"],
    ['name', 'c'],
  ]);
});
