import { gammaQuantile } from '../../weigh/gamma.ts';
import type { Climate, Platform } from './climate.ts';

/** One source's exposures of an issue. */
export interface Source {
  platform: Platform;
  /** Persons each post was shown to, summed over its posts, and of its largest post. */
  exposures: number;
  largest: number;
  /** Who could see it at all. */
  circle: number;
  /** Part of the circle that lives in the region of the issue. */
  local: number;
}

const CLASSES = 12;

/** The mean attention of each twelfth of the people, mean 1. */
export function attentionClasses(shape: number): number[] {
  const classes = Array.from({ length: CLASSES }, (_, i) => gammaQuantile((i + 0.5) / CLASSES, shape) / shape);
  const mean = classes.reduce((sum, one) => sum + one, 0) / CLASSES;
  return classes.map((one) => one / mean);
}

/**
 * Distinct persons exposed to any of the sources. People differ in attention (gamma-distributed, in twelve classes), the same
 * people are attentive everywhere, and each source has a circle of its own, within which attention differs likewise (the
 * negative binomial model of Goodhardt and Ehrenberg 1969); within a class sources are independent.
 */
export function personsExposed(
  sources: readonly Source[],
  people: { local: number; elsewhere: number },
  { attention, users }: Pick<Climate, 'attention' | 'users'>,
): number {
  const classes = attentionClasses(attention);
  const platforms = [...new Set(sources.map(({ platform }) => platform))];
  const among = (all: number, part: (source: Source) => number) => {
    if (all <= 0) return 0;
    let reached = 0;
    for (const level of classes) {
      let missed = 1;
      for (const platform of platforms) {
        const on = all * users[platform];
        let unseen = 1;
        for (const source of sources) {
          if (source.platform !== platform) continue;
          const persons = seenBy(source, attention) * part(source);
          unseen *= 1 - Math.min(0.98, (persons * level) / on);
        }
        missed *= 1 - users[platform] * (1 - unseen);
      }
      reached += (all / CLASSES) * (1 - missed);
    }
    return reached;
  };
  return Math.round(among(people.local, ({ local }) => local) + among(people.elsewhere, ({ local }) => 1 - local));
}

function seenBy({ exposures, largest, circle }: Source, shape: number): number {
  return Math.max(largest, circle * (1 - (1 + exposures / (circle * shape)) ** -shape));
}
