import type { CoShare, CoSharingSettings, Share } from './share.ts';

/** Finds co-shares while shares come in, in any order of time. */
export interface CoSharing {
  /** Takes in one share and returns the pairs that hold from now on. A pair that holds once holds for good. */
  add(share: Share): CoShare[];
  /** Pairs within the window so far: those that hold, and those that may yet. */
  readonly candidates: number;
}

interface Row {
  share: Share;
  account: Account;
  content: Content;
}

interface Account {
  /** Order of first appearance: settles which of two shares of the same second counts as the older. */
  rank: number;
  rows: Row[];
  /** Rows whose content is in any pair. */
  participation: number;
  /** Pairs that lack nothing but the activity of this account. */
  waiting: Pair[];
}

interface Content {
  rows: Row[];
  /** In a pair of two active accounts. */
  isPaired: boolean;
  /** Of an account that takes part often enough. */
  isCounted: boolean;
  /** Pairs that hold as soon as the content is counted. */
  waiting: Pair[];
}

interface Pair {
  older: Row;
  newer: Row;
  holds: boolean;
}

/**
 * Coordinated sharing with the semantics of CooRTweet's `detect_groups` (Righetti & Balluff 2023, R package 2.x): of the accounts
 * with at least `minParticipation` rows, all pairs of shares of one object within the window, without those of one account, of one
 * post, or of an object that is one of the two posts; then only pairs of which a post belongs to an account with at least
 * `minParticipation` rows among the posts so paired. Each condition, once met, stays met, so the pairs grow with the shares
 * and are those of the whole set at any moment.
 *
 * Memory grows with shares plus pairs. Sharing an object many times within the window makes pairs by the square.
 *
 * @example
 * const sharing = createCoSharing({ windowMs: 60_000, minParticipation: 2 });
 * const pairs = shares.flatMap((share) => sharing.add(share));
 */
export function createCoSharing({ windowMs, minParticipation }: CoSharingSettings): CoSharing {
  const accounts = new Map<string, Account>();
  const contents = new Map<string, Content>();
  /** Shares of an object by time, then by rank of the account, then as they came. */
  const timelines = new Map<string, Row[]>();
  let found: CoShare[] = [];
  let candidates = 0;

  return {
    get candidates() {
      return candidates;
    },
    add(share) {
      found = [];
      const account = entry(accounts, share.account, () => ({
        rank: accounts.size,
        rows: NONE,
        participation: 0,
        waiting: NONE,
      }));
      const content = entry(contents, share.content, () => ({
        rows: NONE,
        isPaired: false,
        isCounted: false,
        waiting: NONE,
      }));
      const row = { share, account, content };
      account.rows = grown(account.rows, row);
      content.rows = grown(content.rows, row);
      if (account.rows.length === minParticipation) activate(account);
      else if (isActive(account) && content.isPaired) participate(row);
      for (const pair of pairsOf(row)) propose(pair);
      return found;
    },
  };

  function isActive(account: Account): boolean {
    return account.rows.length >= minParticipation;
  }

  function activate(account: Account): void {
    for (const row of account.rows) if (row.content.isPaired) participate(row);
    const { waiting } = account;
    account.waiting = NONE;
    for (const pair of waiting) propose(pair);
  }

  function pairsOf(row: Row): Pair[] {
    const timeline = timelines.get(row.share.object);
    if (timeline === undefined) {
      timelines.set(row.share.object, [row]);
      return [];
    }
    const at = placeOf(row, timeline);
    const pairs: Pair[] = [];
    for (let i = at - 1; i >= 0; i--) {
      const older = timeline[i];
      if (older === undefined || row.share.atMs - older.share.atMs > windowMs) break;
      if (canPair(older, row)) pairs.push({ older, newer: row, holds: false });
    }
    for (let i = at; i < timeline.length; i++) {
      const newer = timeline[i];
      if (newer === undefined || newer.share.atMs - row.share.atMs > windowMs) break;
      if (canPair(row, newer)) pairs.push({ older: row, newer, holds: false });
    }
    timeline.splice(at, 0, row);
    candidates += pairs.length;
    return pairs;
  }

  function propose(pair: Pair): void {
    const { older, newer } = pair;
    if (!isActive(older.account)) older.account.waiting = grown(older.account.waiting, pair);
    else if (!isActive(newer.account)) newer.account.waiting = grown(newer.account.waiting, pair);
    else {
      older.content.waiting = grown(older.content.waiting, pair);
      newer.content.waiting = grown(newer.content.waiting, pair);
      for (const { content } of [older, newer]) {
        if (content.isPaired) continue;
        content.isPaired = true;
        for (const row of content.rows) if (isActive(row.account)) participate(row);
      }
      for (const { content } of [older, newer]) if (content.isCounted) release(content);
    }
  }

  function participate({ account, content }: Row): void {
    account.participation++;
    if (account.participation > minParticipation) release(content);
    else if (account.participation === minParticipation) {
      for (const row of account.rows) if (row.content.isPaired) release(row.content);
    }
  }

  function release(content: Content): void {
    content.isCounted = true;
    const { waiting } = content;
    content.waiting = NONE;
    for (const pair of waiting) {
      if (pair.holds) continue;
      pair.holds = true;
      const { older, newer } = pair;
      found.push({ older: older.share, newer: newer.share, deltaMs: newer.share.atMs - older.share.atMs });
    }
  }
}

function canPair(a: Row, b: Row): boolean {
  const { object } = a.share;
  return a.account !== b.account && a.content !== b.content && a.share.content !== object && b.share.content !== object;
}

/** Where the row belongs: behind all that are not later. */
function placeOf(row: Row, timeline: readonly Row[]): number {
  let [low, high] = [0, timeline.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = timeline[middle];
    if (other !== undefined && isAfter(other, row)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function isAfter(a: Row, b: Row): boolean {
  const apart = a.share.atMs - b.share.atMs;
  return apart > 0 || (apart === 0 && a.account.rank > b.account.rank);
}

/** Most accounts have few rows and most posts one: an array that grew by `push` from nothing holds room for seventeen. */
const NONE: never[] = [];

function grown<T>(list: T[], item: T): T[] {
  if (list.length === 0) return [item];
  list.push(item);
  return list;
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = create();
    map.set(key, value);
  }
  return value;
}
