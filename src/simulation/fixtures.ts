import { appealsToCsv, appealsToNdjson, postsToNdjson } from './ndjson.ts';
import { generateSample, type SampleSettings } from './sample.ts';

/** The society of `fixtures/`, which `npm start` shows. */
export const FIXTURE_SETTINGS: SampleSettings = { seed: 20_260_301, day: '2026-03-01', posts: 2500, appeals: 500 };

/** The sample files and what each holds, byte for byte. */
export function fixtureFiles(): Record<'posts.ndjson' | 'appeals.ndjson' | 'appeals.csv', string> {
  const { posts, appeals } = generateSample(FIXTURE_SETTINGS);
  return {
    'posts.ndjson': postsToNdjson(posts),
    'appeals.ndjson': appealsToNdjson(appeals),
    'appeals.csv': appealsToCsv(appeals.slice(-24)),
  };
}
