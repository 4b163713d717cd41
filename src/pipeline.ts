/**
 * The way of a post, on one page:
 *
 *   source → validate → language → mentions → copies → reach → store      (here, for each batch)
 *                └→ dead letters                         store → signals → alerts   (worker.ts, each period)
 *
 * A batch is acknowledged to its source only after everything it held is in ClickHouse.
 */
import { createEnricher, type EnrichedPost, type Rooms } from './enrich.ts';
import { SalmaqError } from './errors.ts';
import type { Appeal } from './post/appeal.ts';
import type { AuthorHash } from './post/author-key.ts';
import type { Post } from './post/post.ts';
import type { SourceRecord } from './post/source-record.ts';
import { type Refusal, type RefusalReason, type Validated, validateAppeals, validatePosts } from './post/validate.ts';
import { type ResolvedAppeal, resolveAppeals } from './resolve-appeals.ts';
import { toAppealRow } from './store/appeal-row.ts';
import { type DeadLetter, toDeadLetterRow } from './store/dead-letter-row.ts';
import { toPostRow } from './store/post-row.ts';
import type { Store } from './store/store.ts';
import { createTurns } from './turns.ts';

/** Records of one turn, from any source. */
export interface Intake {
  posts: readonly SourceRecord[];
  appeals: readonly SourceRecord[];
}

/** What became of an intake. `refused` says which records went to the dead letters, and why. */
export interface Outcome {
  posts: number;
  appeals: number;
  copies: number;
  unresolved: number;
  refused: readonly DeadLetter[];
}

/** What surrounds the rooms. */
export interface Surroundings {
  store: Store;
  hash: AuthorHash;
  /** Names this worker in the rows it writes. */
  worker: string;
  /** The pipeline's now: what a post must not be ahead of. May be fixed. */
  clock: () => number;
  /** The machine's now: when a row was written. */
  wallClock: () => number;
  /** Largest share of refused records among the last ones, beyond which the pipeline stops. */
  invalid: { maxShare: number; among: number };
  /** Takes in what other workers have stored since the last turn, so that copies are found across them. */
  meetPeers?: () => Promise<void>;
  /** Tells the dead-letter topics, where there are any; after the table has them. */
  publishDead?: (letters: readonly DeadLetter[]) => Promise<void>;
}

export interface ProcessOptions {
  isHeld?: () => void;
  countInvalid?: boolean;
}

export interface Pipeline {
  /**
   * Takes one intake all the way into ClickHouse and resolves when it is acknowledged. Intakes go one after another.
   *
   * @param options.isHeld throws `SLM_FENCED` once the records belong to another worker; asked before each insert.
   * @param options.countInvalid whether refused records count towards the share at which the pipeline stops; yes unless told.
   * @throws SalmaqError `SLM_INVALID_SHARE` when too much of the input is invalid; the dead letters are stored before.
   */
  process(intake: Intake, options?: ProcessOptions): Promise<Outcome>;
}

export function createPipeline(rooms: Rooms, around: Surroundings): Pipeline {
  const enrich = createEnricher(rooms);
  const inTurn = createTurns();
  const share = createInvalidShare(around.invalid);
  /** Links found but not yet acknowledged: an insert that failed is tried again with the next turn. */
  let links: ReturnType<Rooms['copies']['takeLinks']> = [];

  return {
    process: (intake, options = {}) => inTurn(() => processIntake(intake, options)),
  };

  async function processIntake(
    intake: Intake,
    { isHeld = () => {}, countInvalid = true }: ProcessOptions,
  ): Promise<Outcome> {
    const nowMs = around.clock();
    await around.meetPeers?.();

    const posts = sift(intake.posts, 'post', (values) => validatePosts(values, nowMs));
    const appeals = sift(intake.appeals, 'appeal', (values) => validateAppeals(values, nowMs));
    const enriched = enrich(posts.values);
    const resolved = resolveAppeals(rooms, appeals.values, appeals.records);
    links = [...links, ...rooms.copies.takeLinks()];

    const refused = [...posts.refused, ...appeals.refused, ...resolved.refused];
    const ingestedAtMs = around.wallClock();
    const stamp = { worker: around.worker, ingestedAtMs };
    const postRows = enriched.map((post, i) => toPostRow(post, recordAt(posts.records, i), around.hash, stamp));

    isHeld();
    await around.store.insert('dead_letters', refused.map(toDeadLetterRow));
    await around.publishDead?.(refused);
    if (countInvalid) share.count(intake.posts.length + intake.appeals.length, refused);
    const pending = links;
    await around.store.insert(
      'cluster_links',
      pending.map(({ cluster, root, linkedAtMs }) => ({
        cluster,
        root,
        linked_at: linkedAtMs,
        version: BigInt(ingestedAtMs),
      })),
    );
    links = links.slice(pending.length);
    isHeld();
    await around.store.insert(
      'appeals',
      resolved.appeals.map((appeal) => toAppealRow(appeal, stamp)),
    );
    isHeld();
    await around.store.insert('posts', postRows);

    return { ...countsOf(enriched, resolved.appeals), refused };
  }
}

function countsOf(posts: readonly EnrichedPost[], appeals: readonly ResolvedAppeal[]) {
  return {
    posts: posts.length,
    appeals: appeals.length,
    copies: posts.filter((post) => post.copies.copy).length,
    unresolved: posts.filter((post) => post.mentions.agencies.length === 0).length,
  };
}

interface Sifted<T> {
  values: T[];
  records: SourceRecord[];
  refused: DeadLetter[];
}

function sift<T extends Post | Appeal>(
  records: readonly SourceRecord[],
  kind: DeadLetter['kind'],
  validate: (values: readonly (Uint8Array | null)[]) => Validated<T>[],
): Sifted<T> {
  const sifted: Sifted<T> = { values: [], records: [], refused: [] };
  const validated = validate(records.map(({ refusal, value }) => (refusal === undefined ? value : null)));
  for (const [i, record] of records.entries()) {
    const result: Validated<T> | undefined =
      record.refusal === undefined ? validated[i] : { ok: false, refusal: record.refusal };
    if (result === undefined) throw new RangeError(`no outcome of record ${i}`);
    if (result.ok) {
      sifted.values.push(result.value);
      sifted.records.push(record);
    } else {
      sifted.refused.push({ kind, record, ...result.refusal });
    }
  }
  return sifted;
}

function recordAt(records: readonly SourceRecord[], i: number): SourceRecord {
  const record = records[i];
  if (record === undefined) throw new RangeError(`no record ${i}`);
  return record;
}

/** Follows the share of refused records over the last `among` or a few more, and stops the pipeline beyond `maxShare`. */
function createInvalidShare({ maxShare, among }: Surroundings['invalid']) {
  let seen = 0;
  let refused = 0;
  const reasons = new Map<RefusalReason, number>();
  return {
    count(records: number, refusals: readonly Refusal[]): void {
      seen += records;
      refused += refusals.length;
      for (const { reason } of refusals) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      if (seen < among) return;
      if (refused > maxShare * seen) {
        const why = [...reasons].map(([reason, count]) => `${count} ${reason}`).join(', ');
        throw new SalmaqError(
          'SLM_INVALID_SHARE',
          `${refused} of the last ${seen} records are invalid (${why}), more than the ${maxShare * 100} % allowed`,
          { hint: 'see "salmaq dead list"; mend the source, or raise "invalid.maxShare"' },
        );
      }
      seen = 0;
      refused = 0;
      reasons.clear();
    },
  };
}
