/** What a normalised unit was in the original text; bits of a batch's `flags`. */
export const FLAG = {
  /** An upper-case letter. */
  upper: 1,
  /** Inside a hashtag; the `#` itself becomes a space. */
  hashtag: 2,
  /** Inside a handle; the `@` itself becomes a space. */
  handle: 4,
  /** Inside a link. */
  link: 8,
  /** A Latin look-alike inside a Cyrillic word, or ə for ә, written here as the Cyrillic letter meant. */
  homoglyph: 16,
  /** A space that stands for punctuation or a line end, across which a phrase does not reach. */
  break: 32,
  /** Neither of language nor of content: all that stands in a handle, a hashtag or a link. */
  notProse: 2 | 4 | 8,
} as const;
