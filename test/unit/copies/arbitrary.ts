import fc from 'fast-check';
import { HOUR_MS, type Sample, SETTINGS } from './posts.ts';

const STATEMENTS = [
  'уже третий день нет горячей воды в микрорайоне звонили в акимат ответа так и нет',
  'ауылда үш күннен бері жарық жоқ әкімдікке хабарласып едік ешкім жауап берген жоқ',
  'автобус номер тридцать семь опять не пришел люди стоят на морозе больше часа каждый день',
  'мектептің жанындағы жолды қашан жөндейді балалар күн сайын балшық кешіп жүр көмектесіңіздер',
].map((statement) => statement.split(' '));
const WORDS = 'срочно помогите бүгін тағы Астана просто кешке рахмет вчера жақсы снова соседи'.split(' ');
const PHRASES = ['согласен', 'дұрыс айтасыз', '+1', 'почему опять нет воды', 'неге біздің ауылда су жоқ', ''];

/** A statement with some of its words replaced, dropped or doubled. */
const edited = fc
  .tuple(
    fc.constantFrom(...STATEMENTS),
    fc.array(fc.tuple(fc.nat(15), fc.constantFrom('', ...WORDS)), { maxLength: 5 }),
  )
  .map(([statement, edits]) => {
    const words = [...statement];
    for (const [at, word] of edits) words[at % words.length] = word;
    return words.filter((word) => word !== '').join(' ');
  });

/** A statement cut at the head: few texts, so that equal ones meet. */
const cut = fc
  .tuple(fc.constantFrom(...STATEMENTS), fc.nat(2))
  .map(([statement, words]) => statement.slice(2 * words).join(' '));

const text = fc.oneof(
  { weight: 3, arbitrary: edited },
  { weight: 4, arbitrary: cut },
  { weight: 1, arbitrary: fc.constantFrom(...PHRASES) },
);

/**
 * Posts over three weeks in an order of arrival in which none comes later than the slack; some repost another within the
 * window, or a post that is never seen.
 */
export const stream: fc.Arbitrary<Sample[]> = fc
  .array(
    fc.record({
      text,
      hour: fc.nat(500),
      lateHours: fc.integer({ min: 0, max: SETTINGS.slackMs / HOUR_MS }),
      repostOf: fc.option(fc.nat(80), { freq: 5, nil: undefined }),
    }),
    { minLength: 2, maxLength: 60 },
  )
  .map((drafts) => {
    const posts = drafts.map((draft, i) => {
      const original = draft.repostOf === undefined ? undefined : drafts[draft.repostOf];
      const isReachable = original === undefined || Math.abs(original.hour - draft.hour) <= SETTINGS.windowMs / HOUR_MS;
      const sample: Sample = { key: `vk:${i}`, publishedAtMs: draft.hour * HOUR_MS, text: draft.text };
      if (draft.repostOf !== undefined && draft.repostOf !== i && isReachable) sample.repostOf = `vk:${draft.repostOf}`;
      return { sample, arrival: draft.hour + draft.lateHours };
    });
    return posts.sort((a, b) => a.arrival - b.arrival).map(({ sample }) => sample);
  });
