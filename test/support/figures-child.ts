/** Prints the figures of a data directory; with SQL of its own, so that a mistake in the product's queries is seen. */
import { z } from 'zod';
import { openStore } from '../../src/store/open-store.ts';
import { defineQuery } from '../../src/store/store.ts';

const path = process.argv[2] ?? '';
const store = await openStore({ path });

const text = (sql: string) =>
  defineQuery({ name: 'figures', sql, params: z.object({}), row: z.record(z.string(), z.unknown()) });

/** Everything of a post but what depends on when and by whom it was read. */
const OF_A_POST = `platform, id, kind, published_at, text, url, author, author_followers, author_created_at, author_verified,
  author_region, author_settlement, channel, channel_kind, channel_members, channel_region, views, likes, comments, shares,
  repost_of, in_reply_to, language, language_confidence, language_other, script, agencies, themes, region, region_source,
  stance, fingerprint, reach_low, reach_mid, reach_high`;

const OF_AN_APPEAL = 'system, id, received_at, agency, region, themes, text, count, kind, escalated, status';

const [posts] = await store.query(
  text(`SELECT toUInt32(count()) AS rows, toUInt32(uniqExact(platform, id)) AS distinct,
    toString(sum(cityHash64(toString(tuple(${OF_A_POST}))))) AS checksum FROM posts FINAL`),
  {},
);
const [appeals] = await store.query(
  text(`SELECT toUInt32(count()) AS rows, toUInt32(uniqExact(system, id)) AS distinct,
    toString(sum(cityHash64(toString(tuple(${OF_AN_APPEAL}))))) AS checksum FROM appeals FINAL`),
  {},
);

const dead = await store.query(
  text(`SELECT concat(kind, ' ', reason, ' ', toString(cityHash64(payload)), ' ', toString(count())) AS line
    FROM dead_letters FINAL GROUP BY kind, reason, payload ORDER BY line`),
  {},
);

const links = await store.query(
  defineQuery({
    name: 'links',
    sql: 'SELECT DISTINCT cluster, root FROM cluster_links ORDER BY cluster, root',
    params: z.object({}),
    row: z.object({ cluster: z.string(), root: z.string() }),
  }),
  {},
);
const statements = await store.query(
  defineQuery({
    name: 'statements',
    sql: `SELECT arrayJoin(emptyArrayToSingle(agencies)) AS agency, region, arrayJoin(emptyArrayToSingle(themes)) AS theme,
      toString(toDate(published_at)) AS day, toUInt32(count()) AS posts, groupUniqArray(cluster) AS clusters,
      toUInt32(uniqExact(author)) AS authors, toUInt32(sum(toUInt64(round(reach_mid)))) AS reach
      FROM posts FINAL GROUP BY agency, region, theme, day ORDER BY agency, region, theme, day`,
    params: z.object({}),
    row: z.object({
      agency: z.string(),
      region: z.string(),
      theme: z.string(),
      day: z.string(),
      posts: z.number(),
      clusters: z.array(z.string()),
      authors: z.number(),
      reach: z.number(),
    }),
  }),
  {},
);
await store.close();

const parents = new Map<string, string>();
for (const { cluster, root } of links) {
  const [a, b] = [rootOf(cluster), rootOf(root)];
  if (a !== b) parents.set(a, b);
}
function rootOf(cluster: string): string {
  let at = cluster;
  for (let up = parents.get(at); up !== undefined; up = parents.get(at)) at = up;
  return at;
}

process.stdout.write(
  JSON.stringify({
    posts,
    appeals,
    dead: dead.map(({ line }) => line),
    cells: statements.map(({ clusters, ...cell }) =>
      [
        cell.agency,
        cell.region,
        cell.theme,
        cell.day,
        cell.posts,
        new Set(clusters.map(rootOf)).size,
        cell.authors,
        cell.reach,
      ].join(' '),
    ),
  }),
);
