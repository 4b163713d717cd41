import type { Random } from '../../random.ts';

/** Things drawn by weight, fast however many there are. */
export class Urn<T> {
  readonly items: readonly (readonly [T, number])[];
  /** Sum of the weights up to each item. */
  readonly upTo: readonly number[];

  constructor(items: readonly (readonly [T, number])[]) {
    this.items = items;
    let sum = 0;
    this.upTo = items.map(([, weight]) => {
      sum += weight;
      return sum;
    });
  }

  /** @throws RangeError where there is nothing to draw */
  draw(random: Random): T {
    const wanted = random.next() * (this.upTo.at(-1) ?? 0);
    let low = 0;
    let high = this.upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.upTo[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    const item = this.items[low];
    if (item === undefined) throw new RangeError('nothing to draw from');
    return item[0];
  }
}
