import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLanguageDetector } from '../../../src/language/detector.ts';
import type { Language, LanguageSettings } from '../../../src/language/language.ts';
import { loadLanguageModel } from '../../../src/language/load.ts';
import { TextBatch } from '../../../src/post/text-batch.ts';

const model = loadLanguageModel();
const STREAM: LanguageSettings = { prior: { kk: 1, ru: 1 } };

function detect(texts: readonly string[], settings: LanguageSettings = STREAM): Language[] {
  return createLanguageDetector(model, settings).detect(new TextBatch().fill(texts), texts);
}

function labels(...texts: string[]): string[] {
  return detect(texts).map((language) => language.label);
}

const KAZAKH = 'Біздің көшеде үш күннен бері су жоқ, әкімдікке хабарласып шаршадық';
const RUSSIAN = 'У нас на улице третий день нет воды, устали звонить в акимат';

describe('Kazakh is known', () => {
  test('with its letters, without them, and with some of them', () => {
    expect(
      labels(
        KAZAKH,
        'Биздин кошеде уш куннен бери су жок, акимдикке хабарласып шаршадык',
        'Биздің кошеде уш күннен бери су жок',
      ),
    ).toEqual(['kk', 'kk', 'kk']);
  });

  test('in the Latin alphabets of 2021 and 2018, in Turkic spelling and as people type it', () => {
    expect(
      labels(
        'Bızdıñ köşede üş künnen berı su joq',
        'Bizdiń kóshede úsh kúnnen beri sý joq',
        'Bizdiñ köşede üş künnen beri sw joq',
        'Bizdin koshede ush kunnen beri su zhok',
      ),
    ).toEqual(['kk', 'kk', 'kk', 'kk']);
  });

  test('in Arabic script', () => {
    expect(detect(['ٴبىزدىڭ كوشەدە ٴۇش كۇننەن بەرى سۋ جوق'])[0]).toMatchObject({ label: 'kk', script: 'arabic' });
  });

  test('with stretched letters, Latin look-alikes, emoji, handles and links', () => {
    expect(
      labels('Өте керемеееет бағдарлама 😍😍', 'Бiздiң кeшe əкiмдiк нe дeдi', '@user1 рахмет сізге https://t.co/x'),
    ).toEqual(['kk', 'kk', 'kk']);
  });

  test('with single Russian words in it', () => {
    expect(labels('ЦОНға барып, справка алып келдім, бәрі жақсы болды')).toEqual(['kk']);
  });
});

describe('Russian is known', () => {
  test('in both alphabets', () => {
    expect(labels(RUSSIAN, 'U nas na ulice tretij den net vody, ustali zvonit v akimat')).toEqual(['ru', 'ru']);
  });

  test('when it is full of Kazakh names', () => {
    expect(
      labels(
        'Ерлан Нургалиев приехал из Кызылорды на той к Бекболату и Айгуль',
        'аким кызылжара жолдасбеков приехал в шиели к айсулу сапарбаевой',
        'На улице Кабанбай батыра возле Жибек жолы третий день нет воды',
      ),
    ).toEqual(['ru', 'ru', 'ru']);
  });
});

describe('a text in two languages', () => {
  const text = `${KAZAKH}. ${RUSSIAN}`;

  test('is mixed, with the stretch and the share of each', () => {
    const [answer] = detect([text]);
    expect(answer?.label).toBe('mixed');
    expect(answer?.spans?.map(({ label, from, to }) => [label, text.slice(from, to)])).toEqual([
      ['kk', KAZAKH],
      ['ru', RUSSIAN],
    ]);
    expect((answer?.shares?.kk ?? 0) + (answer?.shares?.ru ?? 0)).toBeCloseTo(1, 9);
    expect(answer?.shares?.kk).toBeGreaterThan(0.4);
  });

  test('is mixed in Latin letters too', () => {
    expect(labels('Bizdin koshede su zhok, a eshche tretij den net sveta')).toEqual(['mixed']);
  });
});

test('neighbours are neither Kazakh nor Russian, and are named', () => {
  const others = {
    ky: 'Биздин айылда үч күндөн бери суу жок, эмне кылышыбыз керек экенин билбейбиз',
    uz: "Bizning ko'chada uch kundan beri suv yo'q, nima qilishni bilmaymiz",
    uk: 'У нас на вулиці третій день немає води, вже втомилися дзвонити',
    tr: 'Sokağımızda üç gündür su yok, aramaktan yorulduk',
    en: 'There has been no water in our street for three days',
    ug: 'كوچىمىزدا ئۈچ كۈندىن بېرى سۇ يوق',
    ka: 'ჩვენს ქუჩაზე სამი დღეა წყალი არ არის',
  };
  const answers = detect(Object.values(others));
  expect(answers.map((answer) => [answer.label, answer.other])).toEqual(
    Object.keys(others).map((code) => ['other', code]),
  );
});

test('nothing to tell from is und: no letters, or letters only in handles, hashtags, links and addresses', () => {
  const texts = [
    '',
    ' ',
    '😂👍',
    '100/10',
    '+7 701 123 45 67',
    '@user #almaty',
    'https://kaspi.kz/a?b=c',
    'mail@example.com',
  ];
  expect(labels(...texts)).toEqual(texts.map(() => 'und'));
});

test('with only Kazakh and Russian allowed nothing is other', () => {
  const texts = [
    'Bugün hava çok güzel',
    'Сьогодні гарна погода',
    'Бүгүн аба ырайы жакшы',
    'بۈگۈن ھاۋا ياخشى',
    '今天天气很好',
  ];
  const answers = detect(texts, { prior: { kk: 0, ru: 0 }, only: ['kk', 'ru'] });
  expect(answers.map((answer) => answer.label)).not.toContain('other');
});

test('with only Russian allowed, a text in a script that Russian is not written in is und, not a guess without a number', () => {
  const answers = detect(['اكىمدىگى سۋ جوق', RUSSIAN], { prior: { kk: 0, ru: 0 }, only: ['ru'] });
  expect(answers.map(({ label }) => label)).toEqual(['und', 'ru']);
  for (const { confidence } of answers) expect(confidence).toBeGreaterThan(0);
});

test('a larger prior on Kazakh and Russian only ever takes texts from the other languages', () => {
  const words = fc.constantFrom(
    ...`${KAZAKH} ${RUSSIAN} бүгүн аба ырайы сьогодні погода hava güzel сув йўқ`.split(' '),
  );
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 6 }), (drawn) => {
      const text = [drawn.join(' ')];
      const [without] = detect(text, { prior: { kk: 0, ru: 0 } });
      const [withPrior] = detect(text, { prior: { kk: 2, ru: 2 } });
      if (without?.label !== 'other') expect(withPrior?.label).not.toBe('other');
    }),
    { numRuns: 60 },
  );
});

test('an answer depends on the text alone, not on its neighbours, on the order or on what was read before', () => {
  const detector = createLanguageDetector(model, STREAM);
  const ask = (texts: string[]) => detector.detect(new TextBatch().fill(texts), texts);
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc
      .array(fc.constantFrom(...`${KAZAKH} ${RUSSIAN} @a #б http://x.kz 😀 привет сәлем ok`.split(' ')), {
        maxLength: 12,
      })
      .map((words) => words.join(' ')),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), (texts) => {
      const together = ask(texts);
      const alone = texts.map((one) => ask([one])[0]);
      expect(together).toEqual(alone);
      for (const [i, answer] of together.entries()) {
        expect(answer.confidence).toBeGreaterThanOrEqual(0);
        expect(answer.confidence).toBeLessThanOrEqual(1);
        for (const span of answer.spans ?? []) {
          expect(span.from).toBeGreaterThanOrEqual(0);
          expect(span.from).toBeLessThan(span.to);
          expect(span.to).toBeLessThanOrEqual(texts[i]?.length ?? 0);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('a text of 65,536 letters is read like any other', () => {
  expect(labels(`${KAZAKH} `.repeat(960).slice(0, 65_536))).toEqual(['kk']);
});

test('more different words than the cache holds change no answer', () => {
  const detector = createLanguageDetector(model, STREAM);
  const ask = (texts: string[]) => detector.detect(new TextBatch().fill(texts), texts);
  const asked = [KAZAKH, RUSSIAN, `${KAZAKH}. ${RUSSIAN}`];
  const before = ask(asked);
  for (let n = 0; n < 150; n++) ask([Array.from({ length: 1000 }, (_, i) => `су${n * 1000 + i}`).join(' ')]);
  expect(ask(asked)).toEqual(before);
});
