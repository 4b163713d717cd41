import { describe, expect, test } from 'vitest';
import { TextBatch } from '../../../src/post/text-batch.ts';
import { finder, mentionsOf } from './lists-of-project.ts';

describe('the region', () => {
  test.each([
    ['Қызылордада шаң', 'KZ-43'],
    ['в Усть-Каменогорске дождь', 'KZ-63'],
    ['Zhezkazganda sýyq', 'KZ-62'],
    ['Алматинская область', 'KZ-19'],
    ['Алматы', 'KZ-75'],
    ['Жетысайский район', 'KZ-61'],
    ['г. Кентау, ул. Абая', 'KZ-61'],
    ['арал ауданында су жоқ', 'KZ-43'],
    ['село Саумалколь', 'KZ-59'],
    ['узынагашта жарык жок', 'KZ-19'],
    ['на Тенгизе забастовка', 'KZ-23'],
  ])('is that of the place in the text: %s', (text, code) => {
    expect(mentionsOf(text, 'KZ-71').region).toEqual({ code, source: 'text' });
  });

  test.each(['много многодетных семей', 'абай болыңыздар', 'проспект Астана перекрыт', 'погода в Москве'])(
    'is not told by what only looks like a place: %s',
    (text) => {
      expect(mentionsOf(text, 'KZ-39').region).toEqual({ code: 'KZ-39', source: 'author' });
    },
  );

  test('is that of the geotag, the channel or the author, in this order, where the text names none', () => {
    const batch = new TextBatch().fill(['су жоқ']);
    const post = { text: 'су жоқ', author: { id: 'a', region: 'KZ-11' } };
    const regionOf = (more: object) => finder.find(batch, [{ ...post, ...more }])[0]?.region;
    const channel = { id: 'c', region: 'KZ-15' };
    expect(regionOf({ channel, region: 'KZ-19' })).toEqual({ code: 'KZ-19', source: 'geotag' });
    expect(regionOf({ channel })).toEqual({ code: 'KZ-15', source: 'channel' });
    expect(regionOf({})).toEqual({ code: 'KZ-11', source: 'author' });
    expect(finder.find(batch, [{ text: 'су жоқ', author: { id: 'a' } }])[0]?.region).toBeNull();
  });

  test('of a name that several regions have is the one that the author confirms', () => {
    expect(mentionsOf('Абай ауданында жол жоқ', 'KZ-35').region).toEqual({ code: 'KZ-35', source: 'text' });
    expect(mentionsOf('Абай ауданында жол жоқ').region).toBeNull();
  });
});

describe('the theme', () => {
  test.each([
    ['үш күннен бері су жоқ', ['water']],
    ['свет опять отключили', ['electricity']],
    ['көше жарығы жоқ', ['street_lighting']],
    ['автобус қырық минут келмеді', ['public_transport']],
    ['ұры үйге кіріп кетті', ['safety']],
    ['газета вышла на газоне', []],
    ['жол ашу құтты болсын', []],
    ['жарықтай болған қыз еді', []],
    ['бақытты болыңыздар', []],
    ['Бағандағу шам жанбайды', ['street_lighting']],
    ['Работы в селе нет', ['labour']],
    ['Ассаламу алейкум уа рахматуллахи уа баракатух', []],
    ['Пенсию задержали', ['social_benefits']],
  ])('is told by what is said and not by letters alone: %s', (text, themes) => {
    expect(mentionsOf(text).themes).toEqual(themes);
  });

  test('gives way to a subject as clear where it is only how officials answer', () => {
    expect(mentionsOf('Аким не принимает людей, отписки одни', 'KZ-39').themes).toEqual(['governance']);
    expect(mentionsOf('Аким обещал, а воды нет', 'KZ-39').themes).toEqual(['water']);
  });

  test('in passing gives way to one that is meant, and stands where it is all there is', () => {
    expect(mentionsOf('Стая собак бегает, воспитательница детей провожает').themes).toEqual(['animals']);
    expect(mentionsOf('Ауылда интернет жоқ, сабақ оқи алмаймыз').themes).toEqual(['internet']);
    expect(mentionsOf('Воспитательница у нас золотая').themes).toEqual(['education']);
    expect(mentionsOf('Шұңқырдан автобус аунап, жолаушылар вагонға көшті').themes).toContain('public_transport');
  });

  test('is none of a landmark, of a foreign court, of a word in passing beside the tax office', () => {
    expect(mentionsOf('Встретимся возле нашей школы').themes).toEqual([]);
    expect(mentionsOf('У школы яма').themes).toEqual(['roads']);
    expect(mentionsOf('Мектептің жанында кездесейік').themes).toEqual([]);
    expect(mentionsOf('Московский суд огласил приговор').themes).toEqual([]);
    expect(mentionsOf('Налоговая оштрафовала мою школу танцев').themes).toEqual([]);
  });

  test('of a body in a region is that of the body: the police speak for safety', () => {
    expect(mentionsOf('Участковый опять не пришёл', 'KZ-39')).toMatchObject({
      agencies: ['police_kostanay'],
      themes: ['safety'],
    });
  });

  test('is at most three', () => {
    const text = 'Су жоқ, жарық жоқ, газ жоқ, жол шұңқыр, мектеп жабық, дәрігер жоқ';
    expect(mentionsOf(text).themes).toHaveLength(3);
  });
});

test.each([
  'МЧС рахмет сіздерге!',
  'Низкий поклон бригаде скорой, вытащили отца',
  'Алматы әкімдігіне алғыс айтамыз, көшеміз жарық болды',
  'Дай бог здоровья девочкам из ЦОНа',
])('thanks are marked where plain: %s', (text) => {
  expect(mentionsOf(text).stance).toBe('thanks');
});

test.each([
  'Спасибо акимату, когда уже уберёте снег?',
  'Спасибо, что опять отключили свет, акимат Тараза',
  'Рахмет, Тараз әкімдігі, тағы суды өшірдіңіздер',
  'Спасибо акимату Астаны за очередной фонтан вместо садика',
])('thanks that complain are none: %s', (text) => {
  expect(mentionsOf(text, 'KZ-11').stance).toBeUndefined();
});

test('an explanation quotes the characters that matched', () => {
  const text = 'Кеше Тараз қаласының әкімдігі жолды жөндеді';
  const { mentions, trace } = finder.explain(new TextBatch().fill([text]), 0, { text, author: { id: 'a' } });
  expect(mentions.agencies).toEqual(['akimat_taraz']);
  for (const step of trace) expect(text.slice(step.from, step.to)).toBe(step.matched);
  expect(trace.filter((step) => step.kept).map((step) => step.id)).toContain('akimat_taraz');
});
