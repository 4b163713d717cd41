/** The languages of the sample's people. `mixed` is code-switching within one post. */
export type Tongue = 'kk' | 'ru' | 'mixed';

/**
 * What people of one language say about one thing, as frames: `[a|b]` is a choice, `{slot}` a word of the place or the
 * agency. A post is an opening, a core, a detail and a closing, all but the core optional.
 */
export interface Voice {
  openings: readonly string[];
  cores: readonly string[];
  details: readonly string[];
  closings: readonly string[];
}

/** A story's voices. `mixed` holds whole code-switched cores; other mixed posts join a core and a detail of two languages. */
export interface StoryTexts {
  kk: Voice;
  ru: Voice;
  mixed: readonly string[];
}
