/** How many integers a word takes, and which is which. */
export const WORD = {
  size: 8,
  /** Where the word stands in the batch's units, `to` exclusive. */
  from: 0,
  to: 1,
  /** Index into `MODEL_SCRIPTS`. */
  script: 2,
  /** Log-odds of Kazakh against Russian, in units of `1 / LEAD_UNIT`; 0 in Arabic script. */
  lead: 3,
  /** Its hashes as a token. */
  hash1: 4,
  hash2: 5,
} as const;

/** The words of a text, one after another in one array: an array more costs more than a word's last two integers. */
export class WordList {
  count = 0;
  /** {@link WORD} tells what stands where. */
  data = new Int32Array(256 * WORD.size);

  /** Makes room for `count` words; what was written goes. */
  reserve(count: number): void {
    if (count * WORD.size > this.data.length) this.data = new Int32Array(2 ** Math.ceil(Math.log2(count)) * WORD.size);
  }
}
