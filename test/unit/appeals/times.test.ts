import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadOverDays } from '../../../src/appeals/spread.ts';
import { createTimeReader, isTimeFormat } from '../../../src/appeals/times.ts';
import { readAppealMappings } from '../../../src/config/appeal-mappings.ts';
import { PACKAGE_ROOT } from '../../../src/root.ts';

const HOUR_MS = 3_600_000;

const months = [
  ['январь', 'қаңтар'],
  ['февраль'],
  ['март', 'наурыз'],
  ...Array.from({ length: 9 }, (_, i) => [`m${i}`]),
];
const read = createTimeReader({
  times: ['DD.MM.YYYY HH:mm:ss', 'DD.MM.YYYY HH:mm', 'DD.MM.YYYY', 'iso', 'epoch-ms', 'MM.YYYY', 'MMMM YYYY'],
  utcOffset: '+05:00',
  months,
});
const iso = (text: string) => {
  const time = read(text);
  if (time === undefined) return undefined;
  return 'atMs' in time
    ? new Date(time.atMs).toISOString()
    : [new Date(time.fromMs).toISOString(), new Date(time.toMs).toISOString()];
};

describe('The time of an appeal', () => {
  it('is Kazakhstan’s unless it says otherwise', () => {
    expect(iso('01.03.2026 08:30')).toBe('2026-03-01T03:30:00.000Z');
    expect(iso('1.3.2026  8:30:15')).toBe('2026-03-01T03:30:15.000Z');
    expect(iso('2026-03-01 08:30')).toBe('2026-03-01T03:30:00.000Z');
    expect(iso('2026-03-01T08:30:00+06:00')).toBe('2026-03-01T02:30:00.000Z');
    expect(iso('2026-03-01T08:30:00Z')).toBe('2026-03-01T08:30:00.000Z');
    expect(iso('1772350200000')).toBe('2026-03-01T07:30:00.000Z');
  });

  it('falls on its own day in UTC where only a date is given', () => {
    expect(iso('01.03.2026')).toBe('2026-03-01T07:00:00.000Z');
    expect(iso('2026-03-01')).toBe('2026-03-01T07:00:00.000Z');
  });

  it('may be a month or a span of days', () => {
    const january = ['2025-12-31T19:00:00.000Z', '2026-01-31T19:00:00.000Z'];
    for (const text of ['01.2026', 'Январь 2026', 'қаңтар 2026', '01.01.2026 - 31.01.2026', '01.01.2026–31.01.2026']) {
      expect(iso(text), text).toEqual(january);
    }
  });

  it('is that of its region before all of Kazakhstan had one', () => {
    const names: Readonly<Record<string, string>> = {
      'KZ-75': 'Asia/Almaty',
      'KZ-39': 'Asia/Qostanay',
      'KZ-43': 'Asia/Qyzylorda',
      'KZ-15': 'Asia/Aqtobe',
      'KZ-23': 'Asia/Atyrau',
      'KZ-27': 'Asia/Oral',
      'KZ-47': 'Asia/Aqtau',
    };
    const mappings = [...readAppealMappings(join(PACKAGE_ROOT, 'pipelines/appeals'), {}).values()];
    const hours = fc.integer({ min: Date.UTC(2020, 0) / HOUR_MS, max: Date.UTC(2027, 0) / HOUR_MS });
    for (const mapping of mappings) {
      const readIn = createTimeReader(mapping);
      fc.assert(
        fc.property(hours, fc.constantFrom(...Object.keys(names)), (hour, region) => {
          // The hour that the clocks went through twice.
          fc.pre(Math.abs(hour * HOUR_MS - Date.UTC(2024, 1, 29, 18)) > 2 * HOUR_MS);
          const local = new Date(hour * HOUR_MS).toLocaleString('sv-SE', { timeZone: names[region] ?? 'UTC' });
          expect(readIn(local, region), `${region} ${local}`).toEqual({ atMs: hour * HOUR_MS });
        }),
        { numRuns: 40 },
      );
      expect(readIn('15.02.2024 12:00')).toEqual({ atMs: Date.UTC(2024, 1, 15, 6) });
      for (const text of [
        '15.05.2026 12:00:00.123',
        '15.05.2026, 12:00',
        '15 мая 2026, 12:00',
        '12:00 15.05.2026',
        '2026/05/15 12:00',
        '46157.5',
        '46157,500000',
        '1778828400',
        '2026-05-15 12:00:00+05',
        '15 мая 2026 г.',
        '15.05.2026 г.',
        '2026 жылғы 15 мамыр',
        '2026 ж. 15 мамыр',
        '46157',
      ]) {
        expect(readIn(text), text).toEqual({ atMs: Date.UTC(2026, 4, 15, 7) });
      }
      for (const text of ['15 tea 2026', '461575', '2615', '46157.', '12:00', '1778828', '15.05.26'])
        expect(readIn(text), text).toBeUndefined();
    }
  });

  it('is refused where no calendar has it', () => {
    for (const text of [
      '31.02.2026',
      '2026-02-30',
      '01.13.2026',
      '01.03.2026 25:00',
      '01.03.26',
      'вчера',
      '',
      '31.01.2026-01.01.2026',
    ]) {
      expect(read(text), text).toBeUndefined();
    }
  });

  it('is read back whatever it is', () => {
    const pad = (value: number) => String(value).padStart(2, '0');
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2000, 0) / 1000, max: Date.UTC(2100, 0) / 1000 }), (seconds) => {
        const local = new Date(seconds * 1000 + 5 * 3_600_000);
        const date = `${pad(local.getUTCDate())}.${pad(local.getUTCMonth() + 1)}.${local.getUTCFullYear()}`;
        const clock = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(pad).join(':');
        expect(read(`${date} ${clock}`)).toEqual({ atMs: seconds * 1000 });
      }),
    );
  });

  it('has formats with a year and one month', () => {
    for (const format of ['iso', 'excel', 'epoch-s', 'DD.MM.YYYY', 'MMMM YYYY', 'YYYY ж. MMMM'])
      expect(isTimeFormat(format)).toBe(true);
    for (const format of ['DD.MM', 'YYYY', 'MM.MM.YYYY', 'dd.mm.yyyy', '']) expect(isTimeFormat(format)).toBe(false);
  });
});

describe('The sum of a period', () => {
  const DAY_MS = 86_400_000;
  const days = fc.integer({ min: 1, max: 92 });

  it('is spread over its days with nothing lost, no day more than one above another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), days, (count, length) => {
        const parts = spreadOverDays(count, 0, length * DAY_MS);
        const counts = parts.map((part) => part.count);
        expect(counts.reduce((sum, part) => sum + part, 0)).toBe(count);
        expect(Math.max(...counts) - (parts.length < length ? 0 : Math.min(...counts))).toBeLessThanOrEqual(1);
        expect(new Set(parts.map(({ atMs }) => Math.floor(atMs / DAY_MS))).size).toBe(parts.length);
        expect(parts.every(({ atMs }) => atMs >= 0 && atMs < length * DAY_MS)).toBe(true);
      }),
    );
  });

  it('stands on the same days and more when it has grown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(300), days, (count, more, length) => {
        const after = new Map(spreadOverDays(count + more, 0, length * DAY_MS).map((part) => [part.atMs, part.count]));
        for (const part of spreadOverDays(count, 0, length * DAY_MS)) {
          expect(after.get(part.atMs)).toBeGreaterThanOrEqual(part.count);
        }
      }),
    );
  });
});
