import type { Post } from '../post/post.ts';
import type { Random } from '../random.ts';
import type { Span } from './period.ts';
import type { Channel, Person, Society } from './society.ts';
import type { Story } from './stories.ts';
import type { Tongue } from './texts/voice.ts';
import type { Wordings } from './wordings.ts';

/** A post as it is meant, before the platform gives it an id and metrics. */
export interface Draft {
  story: Story;
  person: Person;
  tongue: Tongue | 'none';
  text: string;
  atMs: number;
  /** The campaign text that this is a copy of. */
  copyOf?: string;
  /** The draft that this one reposts, on the same platform. */
  repostOf?: Draft;
  /** What the author's own platform, place or kind would not give. */
  platform?: Post['platform'];
  kind?: Post['kind'];
  channel?: Channel | undefined;
  hashtags?: readonly string[];
}

/** What every story is written with. */
export interface Setting {
  random: Random;
  society: Society;
  wordings: Wordings;
  span: Span;
}
