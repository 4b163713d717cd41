/** One account publishing one object: a link, a hashtag, the root of reposts, a text. */
export interface Share {
  /** What is shared. */
  object: string;
  account: string;
  /** The post by which it is shared; one post may share several objects. */
  content: string;
  /** Unix milliseconds, whole: seconds with a fraction would not subtract exactly. */
  atMs: number;
}

/** Two accounts that shared one object within the time window, the older share first. */
export interface CoShare {
  older: Share;
  newer: Share;
  /** Time between them, not negative. */
  deltaMs: number;
}

export interface CoSharingSettings {
  /** Two shares of one object go together when at most this far apart. */
  windowMs: number;
  /** Least rows of an account to be looked at, and least rows among the co-shared posts of one account of a pair. */
  minParticipation: number;
}
