/**
 * Runs asynchronous work one piece after another, in the order it was asked for.
 *
 * Statements on one embedded connection run one after another in any case, but each that waits there holds a thread of
 * libuv's pool, and four of them stop every other file and DNS operation of the process.
 */
export class Lane {
  private tail: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  /** Pieces that have not ended. */
  get length(): number {
    return this.waiting;
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    this.waiting++;
    const result = this.tail.then(work);
    const ended = () => {
      this.waiting--;
    };
    this.tail = result.then(ended, ended);
    return result;
  }

  /** Resolves when all that was asked for so far has ended. */
  async drained(): Promise<void> {
    await this.tail;
  }
}
