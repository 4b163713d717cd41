import type { TextBatch } from '../post/text-batch.ts';

/** A post as the copy index needs it. */
export interface CopyCandidate {
  /** `platform:id`. */
  key: string;
  publishedAtMs: number;
  /** `platform:id` of the reposted post. */
  repostOf?: string;
}

/** Where a post stands among its copies. */
export interface CopyAssignment {
  /** `platform:id` of the first post seen of the cluster. */
  cluster: string;
  /** True for all but that first one. */
  copy: boolean;
  /** `publishedAtMs` of the first observation of this very post: a redelivered post finds itself and keeps its window. */
  publishedAtMs: number;
  /** What other workers and a restart need to find copies of it: stored with the post. Empty when the text has too little to compare. */
  fingerprint: Uint8Array;
}

/** A fingerprint read back from the store: of another worker, or after a restart. */
export interface StoredFingerprint {
  key: string;
  cluster: string;
  publishedAtMs: number;
  fingerprint: Uint8Array;
  /** `platform:id` of the reposted post, so that a repost of a repost not seen yet is followed after a restart, too. */
  repostOf?: string | undefined;
}

/** Two clusters that turned out to be one after both had been stored. */
export interface ClusterLink {
  /** The cluster that stays: the earlier one. */
  root: string;
  cluster: string;
  /** Event time of the post that linked them. */
  linkedAtMs: number;
}

export interface CopySettings {
  /** Two posts are compared when at most this far apart in event time. */
  windowMs: number;
  /** Least Jaccard similarity of character shingles of two copies, 0 … 1. */
  threshold: number;
  /** How long entries are kept past the window for records that come late or out of order. */
  slackMs: number;
  /** Texts of fewer words of prose are copies only when equal; 8 when not given. */
  minWords?: number;
  /** Texts of fewer words, or of fewer letters, are no copies even when equal: «согласен», «+1», «дұрыс»; 4 and 20 when not given. */
  minEqualWords?: number;
  minEqualLetters?: number;
}

/** A sliding window over the posts seen, in which copies find each other. Deterministic, synchronous, no I/O. */
export interface CopyIndex {
  /** Assigns every post of a batch to its cluster, in order, and remembers it. */
  assign(batch: TextBatch, posts: readonly CopyCandidate[]): CopyAssignment[];
  /** Takes in fingerprints that others have assigned, or that this worker had before a restart. */
  restore(stored: readonly StoredFingerprint[]): void;
  /** Links found since the last call; to be stored with the batch. */
  takeLinks(): ClusterLink[];
  /** Posts in the window. */
  readonly size: number;
  /** Memory of the index in bytes. */
  readonly bytes: number;
}
