/** The scripts that have a model of their own. */
export const MODEL_SCRIPTS = ['cyrillic', 'latin', 'arabic'] as const;
export type ModelScript = (typeof MODEL_SCRIPTS)[number];

/**
 * The languages told apart in each script, as ISO 639-1 (else 639-3) codes. Kazakh and Russian stand first: the detector
 * relies on it. `xx` is any other language of the script, to be named by a wider but slower detector.
 */
export const CLASSES = {
  cyrillic: [
    'kk',
    'ru',
    'ky',
    'tt',
    'ba',
    'uz',
    'ug',
    'kaa',
    'nog',
    'kum',
    'crh',
    'az',
    'tk',
    'tg',
    'mn',
    'uk',
    'be',
    'bg',
    'mk',
    'sr',
    'sah',
    'cv',
    'tyv',
    'alt',
  ],
  latin: ['kk', 'ru', 'en', 'tr', 'az', 'uz', 'tk', 'kaa', 'ky', 'tt', 'crh', 'xx'],
  arabic: ['kk', 'ug', 'fa', 'ar', 'ur'],
} as const satisfies Record<ModelScript, readonly string[]>;

/** Where Kazakh and Russian stand in every list of classes that has them. */
export const KK = 0;
export const RU = 1;

/**
 * The languages that are neither, in two families: those most like Kazakh, and all others. A text that is like both families is
 * most likely Kazakh and Russian.
 */
export const FAMILIES: Readonly<Record<string, 0 | 1>> = {
  ...Object.fromEntries(
    ['ky', 'tt', 'ba', 'uz', 'ug', 'kaa', 'nog', 'kum', 'crh', 'az', 'tk', 'tr', 'sah', 'cv', 'tyv', 'alt'].map(
      (code) => [code, 0 as const],
    ),
  ),
  ...Object.fromEntries(
    ['tg', 'mn', 'uk', 'be', 'bg', 'mk', 'sr', 'en', 'xx', 'fa', 'ar', 'ur'].map((code) => [code, 1 as const]),
  ),
};
