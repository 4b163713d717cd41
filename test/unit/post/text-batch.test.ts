import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLAG, TextBatch } from '../../../src/post/text-batch.ts';
import { HYPHENATED, hashUnits, TOKEN } from '../../../src/post/tokens.ts';
import { unitTable } from '../../../src/post/unit-table.ts';

const shared = new TextBatch();

/** What one text became: its units, flags and source indices. */
function normalised(text: string, batch = shared.fill([text]), i = 0) {
  const [from, to] = [batch.starts[i] ?? 0, batch.starts[i + 1] ?? 0];
  return {
    units: String.fromCharCode(...batch.units.slice(from, to)),
    flags: [...batch.flags.slice(from, to)],
    source: [...batch.source.slice(from, to)],
  };
}

/** Any UTF-16 at all, and what posts are made of far more often than that would give. */
const anyText = fc
  .array(
    fc.oneof(
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) },
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          ...[
            'су',
            'Әкімдік',
            'ҚАШАААН',
            'вода',
            'іі',
            'ааa',
            'жоқ',
            'www',
            'kz',
            'https://',
            'Iske',
            'İ',
            'ﷺ',
            'ё',
            'е\u0308',
          ],
          ...[' ', '  ', '\n', '.', '...', ',', '-', "'", '’', '#', '@', '_', '/', ':', '!', '«', '0', '111', '\t'],
          ...['\ud83d', '\ude00', '\ud83d\ude00', '\u0301', '\u200d', '\ufe0f', '\u00ad', '\u0640', 'سۋ', '水'],
        ),
      },
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

/** The normal form of one text, without its outer spaces. */
const textOf = (text: string) => shared.fill([text]).textOf(0);

const RUNS = { numRuns: 1_000 };

describe('a normalised text', () => {
  it('begins and ends with a space and parts its words by exactly one', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { units } = normalised(text);
        expect(units).toMatch(/^ ([^ ]+ )+$|^ +$/);
      }),
      RUNS,
    );
  });

  it('holds lower-case letters (Roman numerals among them), digits, hyphens and apostrophes only', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const unit of normalised(text).units) expect(unit).toMatch(/[\p{L}\p{M}\p{Nd}\p{Script=Latin} '-]/u);
        expect(normalised(text).units).not.toMatch(/[A-ZА-ЯЁӘҒҚҢӨҰҮІ]/);
      }),
      RUNS,
    );
  });

  it('says of each unit where in the text it came from, never going back', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { source, units } = normalised(text);
        expect(source).toHaveLength(units.length);
        expect(source.every((index, k) => index >= 0 && index <= text.length && index >= (source[k - 1] ?? 0))).toBe(
          true,
        );
      }),
      RUNS,
    );
  });

  it('points at the very letter for plain text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[абвдәқө ]{0,30}$/), (text) => {
        const { source, units } = normalised(text);
        for (let k = 1; k < units.length - 1; k++) {
          if (units[k] !== ' ') expect(text[source[k] ?? -1]).toBe(units[k]);
        }
      }),
      RUNS,
    );
  });

  it('stays as it is when it is normalised again, but for rows in a link, which is no link any more', () => {
    const forgiven = (text: string) => text.replace(/(\p{L})\1{2,}/gu, '$1');
    fc.assert(
      fc.property(anyText, (text) => {
        expect(forgiven(textOf(textOf(text)))).toBe(forgiven(textOf(text)));
      }),
      RUNS,
    );
  });

  it('has no letter three in a row outside links, in one alphabet', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[аәқАӘ #@_!-]{0,30}$/), (text) => {
        expect(textOf(text)).not.toMatch(/(\p{L})\1\1/u);
      }),
      RUNS,
    );
  });
});

describe('a batch', () => {
  it('gives each text what it gives it alone, whatever stood in the arrays before', () => {
    const reused = new TextBatch();
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 8 }), (texts) => {
        reused.fill(texts);
        expect(reused.count).toBe(texts.length);
        for (const [i, text] of texts.entries()) {
          expect(normalised(text, reused, i)).toEqual(normalised(text, new TextBatch().fill([text])));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('grows for the longest text the contract takes, a camel-case hashtag at that', () => {
    const longest = `#${'аА'.repeat(32_767)}`;
    const batch = new TextBatch().fill(['су', longest, 'жоқ']);
    expect(batch.textOf(0)).toBe('су');
    expect(batch.textOf(1)).toBe(`а${' аа'.repeat(32_766)} а`);
    expect(batch.textOf(2)).toBe('жоқ');
  });
});

describe('the tokens of a text', () => {
  const batch = new TextBatch();
  const hashes = new Int32Array(2);
  const kindOf = (unit: number) => (unit === 0x2d ? HYPHENATED : unit === 0x27 ? 0 : (unitTable.classes[unit] ?? 0));

  it('are its words, in order, with their kinds and hashes, whatever was mended in them', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 4 }), (texts) => {
        batch.fill(texts);
        for (let i = 0; i < batch.count; i++) {
          const words: string[] = [];
          for (let t = batch.tokenStarts[i] ?? 0; t < (batch.tokenStarts[i + 1] ?? 0); t += TOKEN.size) {
            const [from = 0, to = 0, kinds, ...own] = batch.tokens.slice(t, t + TOKEN.size);
            const units = batch.units.slice(from, to);
            hashUnits(batch.units, from, to, hashes, 0);
            expect(own).toEqual([...hashes]);
            expect(kinds).toBe(units.reduce((all, unit) => all | kindOf(unit), 0));
            words.push(String.fromCharCode(...units));
          }
          expect(words).toEqual(batch.textOf(i).split(' ').filter(Boolean));
        }
      }),
      RUNS,
    );
  });
});

describe('the normaliser', () => {
  it('a text that ends in a colon is no link, whatever text stood in the buffer before it', () => {
    const batch = new TextBatch().fill(['аа://', 'су:']);
    expect(normalised('су:', batch, 1).flags.map((flag) => flag & FLAG.link)).toEqual([0, 0, 0, 0]);
  });

  it.each(['ааa', 'йй\u0438\u0306'])('has no letter three in a row in %j', (text) => {
    expect(textOf(text)).not.toMatch(/(\p{L})\1\1/u);
  });

  it('a combining mark belongs to the letter before it, not to the row that was shortened', () => {
    expect(textOf('иии\u0306')).toBe('иий');
  });

  it('no apostrophe hangs on a word where a capital parts a hashtag', () => {
    expect(textOf("#су'Әкімдік")).toBe('су әкімдік');
  });
});
