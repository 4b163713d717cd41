import type { TextBatch } from '../post/text-batch.ts';
import { AlikeTexts } from './alike.ts';
import { Clusters } from './clusters.ts';
import type {
  ClusterLink,
  CopyAssignment,
  CopyCandidate,
  CopyIndex,
  CopySettings,
  StoredFingerprint,
} from './copies.ts';
import { type Comparable, comparableOf, HASH_AT, PHRASE_BYTES, SKETCH_AT, TEXT_BYTES, VERSION } from './fingerprint.ts';
import { NO_TEXT } from './posts.ts';
import { Runs } from './runs.ts';
import { ProseSketch } from './sketch.ts';

/** Texts of fewer words are compared by equality alone, texts of fewer words or letters than the latter two not at all. */
const DEFAULTS = { minWords: 8, minEqualWords: 4, minEqualLetters: 20 };

/** Part of the index that must be old before it is worth to be dropped. */
const OLD_SHARE = 0.2;
const FIRST_CHECK = 4096;

const NOTHING: Uint8Array = new Uint8Array(0);

/**
 * An empty index of copies. Whether two posts are linked depends on the two alone — at most `windowMs` apart, and equal or
 * alike, or one a repost of the other — so that the clusters, once links are resolved, are the same for every order of
 * arrival, every division over workers that exchange fingerprints, and every restart, as long as nothing comes later than
 * `slackMs`.
 *
 * @example
 * const index = createCopyIndex({ windowMs: 72 * 3_600_000, slackMs: 24 * 3_600_000, threshold: 0.6 });
 * index.restore(rowsOfTheLastWindow);
 * const assignments = index.assign(batch.fill(texts), posts);
 * const links = index.takeLinks();
 */
export function createCopyIndex(settings: CopySettings): CopyIndex {
  return new WindowedCopyIndex(settings);
}

class WindowedCopyIndex implements CopyIndex {
  private readonly settings: CopySettings & typeof DEFAULTS;
  private readonly clusters = new Clusters();
  private readonly phrases = new Runs(PHRASE_BYTES);
  private readonly texts = new Runs(TEXT_BYTES);
  private readonly alike: AlikeTexts;
  private readonly sketch = new ProseSketch();
  /** The fingerprint of the post at hand, in 32-bit words. */
  private readonly print = new Int32Array(TEXT_BYTES / 4);
  private readonly printBytes = new Uint8Array(this.print.buffer);
  /** The fingerprints of a batch, in 32-bit words. */
  private prints = new Int32Array(0);
  private printsEnd = 0;
  private newestMs = Number.NEGATIVE_INFINITY;
  /** Posts below this number were there at the last check: only those may leave, so that a replay of old records finds itself. */
  private settled = 0;
  private checkAt = FIRST_CHECK;
  private checkAtMs = Number.POSITIVE_INFINITY;

  constructor(settings: CopySettings) {
    this.settings = { ...DEFAULTS, ...settings };
    this.alike = new AlikeTexts(this.clusters, this.texts, settings.threshold, settings.windowMs);
  }

  get size(): number {
    return this.clusters.posts.seen;
  }

  get bytes(): number {
    return this.clusters.posts.bytes + this.phrases.bytes + this.texts.bytes + this.alike.bytes;
  }

  assign(batch: TextBatch, candidates: readonly CopyCandidate[]): CopyAssignment[] {
    // Fingerprints of a batch share a buffer: one for each would cost as much as the lookup.
    this.prints = new Int32Array((candidates.length * TEXT_BYTES) / 4);
    this.printsEnd = 0;
    const assignments = candidates.map((candidate, i) => this.assignOne(batch, i, candidate));
    this.prints = new Int32Array(0);
    this.dropOld();
    return assignments;
  }

  restore(stored: readonly StoredFingerprint[]): void {
    for (const row of stored) this.restoreOne(row);
    this.dropOld();
  }

  takeLinks(): ClusterLink[] {
    return this.clusters.takeLinks();
  }

  private assignOne(batch: TextBatch, i: number, { key, publishedAtMs, repostOf }: CopyCandidate): CopyAssignment {
    const { clusters } = this;
    const { posts } = clusters;
    let post = clusters.find(key);
    if (post < 0 || posts.isExpected(post)) {
      if (post < 0) post = clusters.addSought(publishedAtMs);
      else posts.arrive(post, publishedAtMs);
      this.newestMs = Math.max(this.newestMs, publishedAtMs);
      if (repostOf !== undefined && repostOf !== key) {
        clusters.attach(post, clusters.named(repostOf, publishedAtMs), publishedAtMs);
      }
      const kind = this.read(batch, i);
      if (kind !== 'nothing') this.linkText(post, publishedAtMs, kind === 'text');
      if (posts.isLoose(post)) posts.lead(post, key);
    }
    const leader = posts.assigned(post);
    return {
      cluster: leader === post ? key : posts.keyOf(leader),
      copy: leader !== post,
      publishedAtMs: posts.time[post] ?? publishedAtMs,
      fingerprint: this.fingerprintOf(post),
    };
  }

  private restoreOne({ key, cluster, publishedAtMs, fingerprint, repostOf }: StoredFingerprint): void {
    const { clusters } = this;
    const { posts } = clusters;
    let post = clusters.find(key);
    const isNew = post < 0;
    if (isNew) post = clusters.addSought(publishedAtMs);
    else if (posts.isExpected(post)) posts.arrive(post, publishedAtMs);
    this.newestMs = Math.max(this.newestMs, publishedAtMs);
    if (cluster === key) {
      if (isNew) posts.lead(post, key);
    } else {
      const leader = clusters.named(cluster, publishedAtMs);
      if (isNew) posts.follow(post, leader);
      else clusters.attach(post, leader, publishedAtMs);
    }
    if (repostOf !== undefined && repostOf !== key) {
      clusters.attach(post, clusters.named(repostOf, publishedAtMs), publishedAtMs);
    }
    if (posts.text[post] !== NO_TEXT) return;
    const kind = comparableOf(fingerprint);
    if (kind === 'nothing') return;
    this.printBytes.set(fingerprint);
    this.linkText(post, publishedAtMs, kind === 'text');
  }

  /** Reads a text and fills the fingerprint at hand as far as the kind that it says needs. */
  private read(batch: TextBatch, i: number): Comparable {
    const { sketch, print } = this;
    const { minWords, minEqualWords, minEqualLetters } = this.settings;
    sketch.read(batch, i);
    if (sketch.words < minEqualWords || sketch.letters < minEqualLetters) return 'nothing';
    print[0] = VERSION;
    print[HASH_AT] = sketch.hash.low;
    print[HASH_AT + 1] = sketch.hash.high;
    if (sketch.words < minWords) return 'phrase';
    sketch.write(print, SKETCH_AT);
    return 'text';
  }

  /** Brings a post into the clusters of the posts with a text equal or alike to that of the fingerprint at hand. */
  private linkText(post: number, timeMs: number, isText: boolean): void {
    const { clusters, print } = this;
    const { windowMs } = this.settings;
    const runs = isText ? this.texts : this.phrases;
    const low = print[HASH_AT] ?? 0;
    const high = print[HASH_AT + 1] ?? 0;
    runs.seek(low);
    let run = -1;
    let mayReachOthers = false;
    for (let near = runs.next(low, high, timeMs, windowMs); near >= 0; near = runs.next(low, high, timeMs, windowMs)) {
      clusters.attach(post, runs.post[near] ?? 0, timeMs);
      if (run < 0) {
        run = near;
        mayReachOthers = this.reachesFurther(runs, run, timeMs);
        runs.extend(run, timeMs);
      } else {
        runs.absorb(run, near);
        mayReachOthers = true;
      }
    }
    const isNew = run < 0;
    if (isNew) run = runs.add(print, timeMs, post);
    clusters.posts.text[post] = isText ? run : referenceToPhrase(run);
    if (isText && (isNew || mayReachOthers)) this.alike.link(post, run, timeMs, isNew);
  }

  /** Whether a further post of a run can be near a text that no earlier post of the run was near. */
  private reachesFurther(runs: Runs, run: number, timeMs: number): boolean {
    if (timeMs < (runs.from[run] ?? 0)) return true;
    const to = runs.to[run] ?? 0;
    return timeMs > to && this.newestMs > to + this.settings.windowMs;
  }

  /** The fingerprint of a post, in the buffer of the batch. */
  private fingerprintOf(post: number): Uint8Array {
    const text = this.clusters.posts.text[post] ?? NO_TEXT;
    if (text === NO_TEXT) return NOTHING;
    const from = this.printsEnd;
    const isText = text >= 0;
    this.printsEnd += (isText ? TEXT_BYTES : PHRASE_BYTES) / 4;
    if (isText) this.texts.copyPrint(text, this.prints, from);
    else this.phrases.copyPrint(phraseOf(text), this.prints, from);
    return new Uint8Array(this.prints.buffer, 4 * from, 4 * (this.printsEnd - from));
  }

  private dropOld(): void {
    const { posts } = this.clusters;
    const { windowMs, slackMs } = this.settings;
    const keptMs = windowMs + slackMs;
    if (this.checkAtMs === Number.POSITIVE_INFINITY) this.checkAtMs = this.newestMs + keptMs;
    if (posts.count < this.checkAt && this.newestMs < this.checkAtMs) return;
    const horizonMs = this.newestMs - keptMs;
    if (posts.countBefore(horizonMs, this.settled) > posts.count * OLD_SHARE) this.evict(horizonMs);
    this.settled = posts.count;
    this.checkAt = Math.max(FIRST_CHECK, Math.ceil(posts.count * 1.125));
    this.checkAtMs = this.newestMs + keptMs / 8;
  }

  private evict(horizonMs: number): void {
    const { texts, phrases, alike } = this;
    const { posts } = this.clusters;
    for (const runs of [texts, phrases]) {
      for (let run = 0; run < runs.count; run++) {
        const post = runs.post[run] ?? 0;
        if (post >= 0) runs.post[run] = posts.root(post);
      }
    }
    const newPosts = posts.evict(horizonMs, this.settled);
    const keptTexts = new Uint8Array(texts.count);
    const keptPhrases = new Uint8Array(phrases.count);
    for (let post = 0; post < posts.count; post++) {
      const text = posts.text[post] ?? NO_TEXT;
      if (text === NO_TEXT) continue;
      const run = text >= 0 ? texts.current(text) : phrases.current(phraseOf(text));
      posts.text[post] = text >= 0 ? run : referenceToPhrase(run);
      (text >= 0 ? keptTexts : keptPhrases)[run] = 1;
    }
    const newTexts = texts.evict(keptTexts, newPosts);
    const newPhrases = phrases.evict(keptPhrases, newPosts);
    for (let post = 0; post < posts.count; post++) {
      const text = posts.text[post] ?? NO_TEXT;
      if (text >= 0) posts.text[post] = newTexts[text] ?? NO_TEXT;
      else if (text !== NO_TEXT) posts.text[post] = referenceToPhrase(newPhrases[phraseOf(text)] ?? 0);
    }
    alike.evict(newTexts);
  }
}

/** A post refers to a text by its number, and to a phrase by a number below {@link NO_TEXT}. */
function referenceToPhrase(phrase: number): number {
  return NO_TEXT - 1 - phrase;
}

function phraseOf(reference: number): number {
  return NO_TEXT - 1 - reference;
}
