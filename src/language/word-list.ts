/** The words of a text, in parallel arrays that grow when they must. */
export class WordList {
  count = 0;
  capacity = 256;
  /** Where each word stands in the batch's units. */
  from = new Int32Array(256);
  to = new Int32Array(256);
  /** Index into `MODEL_SCRIPTS`. */
  script = new Uint8Array(256);
  /** Log-odds of Kazakh against Russian; 0 in Arabic script. */
  lead = new Float32Array(256);
  /** Two independent hashes of the word. */
  hash1 = new Int32Array(256);
  hash2 = new Int32Array(256);

  /** Doubles the capacity; what was written stays. */
  grow(): void {
    this.capacity *= 2;
    this.from = enlarged(this.from, new Int32Array(this.capacity));
    this.to = enlarged(this.to, new Int32Array(this.capacity));
    this.script = enlarged(this.script, new Uint8Array(this.capacity));
    this.lead = enlarged(this.lead, new Float32Array(this.capacity));
    this.hash1 = enlarged(this.hash1, new Int32Array(this.capacity));
    this.hash2 = enlarged(this.hash2, new Int32Array(this.capacity));
  }
}

function enlarged<T extends Int32Array | Float32Array | Uint8Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
