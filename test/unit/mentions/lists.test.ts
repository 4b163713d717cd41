import { expect, test } from 'vitest';
import { SalmaqError } from '../../../src/errors.ts';
import { checkLists } from '../../../src/mentions/check-lists.ts';
import { createMentionFinder } from '../../../src/mentions/finder.ts';
import { parseLists } from '../../../src/mentions/lists.ts';
import { TextBatch } from '../../../src/post/text-batch.ts';
import { lists, settings } from './lists-of-project.ts';

const PLACES = 'id,type,region,name_kk,name_ru\nakmola,region,KZ-11,Ақмола облысы,Акмолинская область\n';
const THEMES = 'id,stems_kk,stems_ru\nroads,жол,дорога\n';
const AGENCIES = 'id,level,region,name_kk,name_ru,aliases_ru\n';

test('the lists that ship hold no clash', () => {
  expect(checkLists(lists).filter((finding) => finding.severity === 'error')).toEqual([]);
});

test('a row that a user adds is found without a change of code', () => {
  const agencies = `${AGENCIES}zoo,service,KZ,Алматы хайуанаттар паркі,Алматинский зоопарк,зоопарк\n`;
  const finder = createMentionFinder(parseLists({ agencies, themes: THEMES, places: PLACES }), settings);
  const text = 'Хайуанаттар паркінің жанындағы зоопарктың жолы';
  const [mentions] = finder.find(new TextBatch().fill([text]), [{ text, author: { id: 'a' } }]);
  expect(mentions).toEqual({ agencies: ['zoo'], themes: ['roads'], region: null });
});

test('a wrong row is refused with its file, its line and what is wrong', () => {
  const themes = `${THEMES}"bad id",a,b\n`;
  expect(() => parseLists({ agencies: AGENCIES, themes, places: PLACES })).toThrow(/themes\.csv:3: id/);
  const agencies = `${AGENCIES}a,service,nowhere,A,A,a\n`;
  expect(() => parseLists({ agencies, themes: THEMES, places: PLACES })).toThrow(/agencies\.csv:2: "nowhere"/);
  const twice = `${AGENCIES}a,service,KZ,A,A,a\na,service,KZ,B,B,b\n`;
  expect(() => parseLists({ agencies: twice, themes: THEMES, places: PLACES })).toThrow(/agencies\.csv:3: .* line 2/);
  const pattern = `${AGENCIES}a,service,KZ,A,A,x + y + z\n`;
  const parsed = parseLists({ agencies: pattern, themes: THEMES, places: PLACES });
  expect(() => createMentionFinder(parsed, settings)).toThrow(SalmaqError);
});

test('an alias that two bodies share is reported, however it is spelled', () => {
  const agencies = `${AGENCIES}a,service,KZ,A,A,Минздрав\nb,service,KZ,B,B,минздрав\n`;
  const findings = checkLists(parseLists({ agencies, themes: THEMES, places: PLACES }));
  expect(findings).toContainEqual(expect.objectContaining({ severity: 'error', file: 'agencies.csv', line: 3 }));
});

test('what a list that was made in haste gets wrong is reported with its line', () => {
  const agencies = `id,level,region,name_kk,name_ru,aliases_ru,not,theme,place\na,service,KZ,A,A,Минфин|ая,=Минфин,farming,nowhere\n`;
  const themes = 'id,stems_kk,stems_ru,passing_ru\nroads,,дорога|во*,\nwater,,су,дорога\n';
  const places = `${PLACES}a,town,KZ-11,Қала,Город\nb,town,KZ-15,Қала,Село\n`;
  const messages = checkLists(parseLists({ agencies, themes, places })).map(
    ({ file, line, message }) => `${file}:${line} ${message}`,
  );
  const wanted = [
    /agencies\.csv:2 "ая" is too short/,
    /agencies\.csv:2 "Минфин" .* never found/,
    /agencies\.csv:2 "farming" is no theme/,
    /agencies\.csv:2 "nowhere" is no place/,
    /themes\.csv:2 "во\*" matches too much/,
    /themes\.csv:3 "дорога" is enough alone for roads and for water/,
    /places\.csv:4 "Қала" is also a in another region/,
  ];
  for (const message of wanted) expect(messages).toContainEqual(expect.stringMatching(message));
});
