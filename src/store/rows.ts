/** The rows of the tables in `schema/`, as they are written. Times are Unix milliseconds, keyed hashes unsigned 64 bit. */

export interface PostRow {
  platform: string;
  id: string;
  kind: string;
  published_at: number;
  observed_at: number;
  version: bigint;
  ingested_at: number;
  worker: string;
  topic: string;
  partition: number;
  offset: bigint;
  text: string;
  url: string;
  author: bigint;
  author_followers: number | null;
  author_created_at: number | null;
  author_verified: boolean | null;
  author_region: string;
  author_settlement: string;
  channel: bigint;
  channel_kind: string;
  channel_members: number | null;
  channel_region: string;
  views: number | null;
  likes: number | null;
  comments: number | null;
  shares: number | null;
  repost_of: string;
  in_reply_to: string;
  language: string;
  language_confidence: number;
  language_other: string;
  script: string;
  agencies: readonly string[];
  themes: readonly string[];
  region: string;
  region_source: string;
  stance: string;
  cluster: string;
  copy: boolean;
  fingerprint: Uint8Array;
  reach_low: number;
  reach_mid: number;
  reach_high: number;
  links: readonly bigint[];
}

export interface ClusterLinkRow {
  cluster: string;
  root: string;
  linked_at: number;
  version: bigint;
}

export interface AppealRow {
  system: string;
  id: string;
  received_at: number;
  observed_at: number;
  version: bigint;
  ingested_at: number;
  topic: string;
  partition: number;
  offset: bigint;
  agency: string;
  region: string;
  themes: readonly string[];
  text: string;
  count: number;
  kind: string;
  escalated: boolean;
  status: string;
}

export interface DeadLetterRow {
  topic: string;
  partition: number;
  offset: bigint;
  kind: string;
  reason: string;
  message: string;
  key: string;
  payload: Uint8Array;
  observed_at: number;
  requeued_at: number | null;
  version: bigint;
}

export interface SignalRow {
  id: string;
  agency: string;
  region: string;
  theme: string;
  window_from: number;
  window_to: number;
  posts: number;
  statements: number;
  authors: number;
  net_reach: number;
  rate_per_100k: number;
  label: string;
  score: number;
  rule: string;
  signal: string;
  evaluated_at: number;
  version: bigint;
}

export interface VerdictRow {
  agency: string;
  region: string;
  theme: string;
  window_from: number;
  window_to: number;
  label: string;
  score: number;
  rule: string;
  posts: number;
  statements: number;
  authors: number;
  appeals: number;
  evaluated_at: number;
  version: bigint;
}

export interface AlertRow {
  subscription: string;
  cell: string;
  signal_id: string;
  change: string;
  label: string;
  score: number;
  ce_id: string;
  changed_at: number;
  version: bigint;
}

/** Table name → row. */
export interface Tables {
  posts: PostRow;
  cluster_links: ClusterLinkRow;
  appeals: AppealRow;
  dead_letters: DeadLetterRow;
  signals: SignalRow;
  verdicts: VerdictRow;
  alerts: AlertRow;
}
