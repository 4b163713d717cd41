import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { openAppealExports } from '../../../src/appeal-exports.ts';
import { nameKey } from '../../../src/appeals/name-key.ts';
import { readAppealMappings } from '../../../src/config/appeal-mappings.ts';
import { readPipeline } from '../../../src/config/pipeline.ts';
import type { SourceRecord } from '../../../src/post/source-record.ts';
import { validateAppeal } from '../../../src/post/validate.ts';
import { resolveAppeals } from '../../../src/resolve-appeals.ts';
import { openRooms, readLists } from '../../../src/rooms.ts';
import { PACKAGE_ROOT } from '../../../src/root.ts';
import { readFiles } from '../../../src/source-files.ts';
import { temporaryDirectory } from '../../support/cli.ts';

const NOW_MS = Date.parse('2026-03-02T00:00:00Z');
const config = readPipeline(join(PACKAGE_ROOT, 'pipelines/national.yaml'), {});
const lists = readLists(config);
const rooms = openRooms(config);
const fixture = (name: string) => join(PACKAGE_ROOT, 'fixtures/appeals', name);
const work = temporaryDirectory('appeals');
afterAll(() => work.remove());

function written(name: string, content: string | Uint8Array): string {
  const path = join(work.path, name);
  writeFileSync(path, content);
  return path;
}

async function recordsOf(path: string, format?: string): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  const exports = openAppealExports(config, rooms, format);
  for await (const batch of readFiles([{ path, kind: 'appeals' }], { observedAtMs: NOW_MS, rows: 100, exports })) {
    records.push(...batch.records);
  }
  return records;
}

/** What becomes of each record: the fields that count of an appeal, or the reason and message of a dead letter. */
async function outcomesOf(path: string, format?: string) {
  return (await recordsOf(path, format)).map((record) => {
    const validated = record.refusal === undefined ? validateAppeal(record.value, NOW_MS) : undefined;
    if (validated?.ok !== true) {
      const refusal = validated?.refusal ?? record.refusal;
      return `${record.offset} ${refusal?.reason}: ${refusal?.message}`;
    }
    const { appeals, refused } = resolveAppeals(rooms, [validated.value], [record]);
    const [resolved] = appeals;
    if (resolved === undefined) return `${record.offset} ${refused[0]?.reason}: ${refused[0]?.message}`;
    const { appeal, agency, region, themes } = resolved;
    return [record.offset, appeal.receivedAt, agency, region, themes.join('+'), appeal.kind, appeal.status].join(' ');
  });
}

describe('An export of an official system', () => {
  it('of e-Otinish is read under its title, in Russian and Kazakh, up to its total', async () => {
    expect(await outcomesOf(fixture('e-otinish.csv'))).toEqual([
      '5 2026-02-23T04:14:00.000Z akimat_turkistan KZ-61 water complaint open',
      '7 2026-02-23T06:02:00.000Z akimat_astana KZ-71 utilities request answered',
      '8 2026-02-24T11:40:00.000Z moh KZ-10 healthcare complaint open',
      '9 2026-02-25T03:05:00.000Z akimat_turkistan KZ-61 water complaint overdue',
      '10 2026-02-26T05:30:00.000Z mlsp  social_benefits consultation answered',
      '11 schema: receivedAt: column "Дата регистрации": "32.02.2026 10:30" is no time the mapping knows',
      '12 unknown-agency: agencyName: no body is called "Общество любителей чая"; add an alias to agencies.csv',
      '13 2026-02-26T07:45:00.000Z akimat_shymkent KZ-79 roads consultation answered',
    ]);
  });

  it('of iKomek is read in the code page of Kazakh Windows, every letter of it', async () => {
    expect(await outcomesOf(fixture('ikomek.tsv'))).toEqual([
      '2 2026-02-27T02:41:10.000Z akimat_almaty KZ-75 heating request open',
      '3 2026-02-27T03:15:00.000Z akimat_almaty KZ-75 healthcare consultation answered',
      '4 2026-02-27T04:00:30.000Z akimat_almaty KZ-75 public_transport complaint open',
      '5 2026-02-28T13:20:05.000Z akimat_almaty KZ-75 street_lighting request answered',
      '6 schema: kind: column "Өтінім түрі": "Белгісіз түр" is no kind the mapping knows',
    ]);
    // Ә Ғ Қ Ң Ө Ұ Ү Һ І and their small letters in KZ-1048.
    const letters = Buffer.from([
      0xa3, 0xaa, 0x8d, 0xbd, 0xa5, 0xa1, 0xaf, 0x8e, 0xb2, 0xbc, 0xba, 0x9d, 0xbe, 0xb4, 0xa2, 0xbf, 0x9e, 0xb3,
    ]);
    const csv = Buffer.concat([
      Buffer.from('id,system,receivedAt,agency,text\n1,ikomek,2026-03-01T00:00:00Z,moh,'),
      letters,
    ]);
    const [record] = await recordsOf(written('letters.csv', csv));
    expect(JSON.parse(Buffer.from(record?.value ?? []).toString()).text).toBe('ӘҒҚҢӨҰҮҺІәғқңөұүһі');
  });

  it('of Open Akimat may be sums of a month, which are spread over its days', async () => {
    const records = await recordsOf(fixture('open-akimat.csv'));
    const appeals = records.flatMap((record) => {
      const validated = record.refusal === undefined ? validateAppeal(record.value, NOW_MS) : undefined;
      return validated?.ok ? resolveAppeals(rooms, [validated.value], [record]).appeals : [];
    });
    const sums = new Map<string, number>();
    for (const { appeal, agency, themes } of appeals) {
      const cell = `${agency} ${themes.join('+')}`;
      sums.set(cell, (sums.get(cell) ?? 0) + appeal.count);
    }
    expect([...sums]).toEqual([
      ['akimat_almaty public_transport', 310],
      ['akimat_almaty roads', 1240],
      ['akimat_almaty ecology', 7],
    ]);
    expect(Math.max(...appeals.map(({ appeal }) => appeal.count))).toBe(40);
    expect(records.flatMap(({ refusal }) => refusal?.reason ?? [])).toEqual(['future-time']);
  });

  it('of Халықтық бақылау may be a JSON document with objects in objects', async () => {
    expect(await outcomesOf(fixture('halyq-baqylau.json'))).toEqual([
      '1 2026-02-28T09:05:00.000Z akimat_ekibastuz KZ-55 heating complaint open',
      '2 2026-02-28T10:30:00.000Z akimat_pavlodar KZ-55 utilities consultation open',
      '3 2026-03-01T07:00:00.000Z akimat_abai KZ-10 roads complaint open',
    ]);
  });

  it('may be one object a line', async () => {
    const rows = [
      '{"ticketId":1,"createdAt":"2026-02-27T08:00:00+05:00","category":"Отопление","city":"Алматы"}',
      '{"ticketId":2,"createdAt":"когда-то","category":"Отопление","city":"Алматы"}',
      'no JSON',
    ];
    expect(await outcomesOf(written('ikomek.ndjson', rows.join('\n')))).toEqual([
      '1 2026-02-27T03:00:00.000Z akimat_almaty KZ-75 heating request ',
      '2 schema: receivedAt: column "createdAt": "когда-то" is no time the mapping knows',
      expect.stringMatching(/^3 malformed-json: /),
    ]);
  });

  const header = [
    ' Рег.  № обращения ',
    'ДАТА РЕГИСТРАЦИИ',
    'государственный\u00a0орган',
    'Тематика',
    'Текст обращения',
  ];
  const line = ['7', '21.02.2026 14:05', ' Акимат города  Алматы', 'Отопление', '"батареи; холодные\nвторой день"'];
  const table = (delimiter: string, end: string) => [header, line].map((row) => row.join(delimiter) + end).join('');

  it.each([
    ['with a byte order mark and semicolons', 'bom.csv', Buffer.from(`\ufeff${table(';', '\r\n')}`)],
    ['as Excel’s "Unicode text"', 'unicode.txt', Buffer.from(`\ufeff${table('\t', '\r\n')}`, 'utf16le')],
    ['the same turned round', 'unicode-be.txt', Buffer.from(`\ufeff${table('\t', '\r\n')}`, 'utf16le').swap16()],
    ['with a line for Excel above the header', 'sep.csv', Buffer.from(`sep=;\n${table(';', '\n')}`)],
    ['with bars', 'bars.csv', Buffer.from(table('|', '\n'))],
  ])('is read %s', async (_, name, bytes) => {
    const [record, ...others] = await recordsOf(written(name, bytes));
    expect(others).toEqual([]);
    expect(JSON.parse(Buffer.from(record?.value ?? []).toString())).toMatchObject({
      id: '7',
      receivedAt: '2026-02-21T09:05:00.000Z',
      agency: 'akimat_almaty',
      theme: 'heating',
      text: 'батареи; холодные\nвторой день',
    });
  });

  it.each([
    ['deep.json', (data: unknown) => JSON.stringify({ errors: [], result: { total: 1, items: data } })],
    ['pretty.json', (data: unknown) => JSON.stringify({ status: 'ok', fields: ['a'], data }, null, 2)],
    ['wrapped.ndjson', (data: readonly unknown[]) => data.map((row) => JSON.stringify({ attributes: row })).join('\n')],
    [
      'map.geojson',
      (data: readonly unknown[]) =>
        JSON.stringify({
          type: 'FeatureCollection',
          bbox: [76, 43, 77, 44],
          features: data.map((properties) => ({
            type: 'Feature',
            geometry: { type: 'Point', coordinates: [76.9, 43.2] },
            properties,
          })),
        }),
    ],
  ])('as JSON is found in whatever holds it: %s', async (name, wrap) => {
    const rows = [
      { ticketId: 1, createdAt: '2026-02-27T08:00:00', category: 'Отопление', city: 'Алматы', photos: [{ url: 'a' }] },
      { ticketId: 2, createdAt: null, category: 'Отопление', city: 'Алматы' },
    ];
    expect(await outcomesOf(written(name, wrap(rows)))).toEqual([
      '1 2026-02-27T03:00:00.000Z akimat_almaty KZ-75 heating request ',
      expect.stringMatching(/^2 schema: receivedAt: column .* is empty$/),
    ]);
  });

  it('counts rows that say the same as often as they are there, and the same row read again as one', async () => {
    const header = 'Период;Приёмная;Район;Тема;Количество\n';
    const rows = ['01.02.2026;А;Алмалинский район;Отопление;3', '01.02.2026;А;Алмалинский район;Отопление;3'];
    const idsOf = async (name: string, content: string) =>
      (await recordsOf(written(name, content))).map(({ value }) => JSON.parse(Buffer.from(value ?? []).toString()).id);
    const first = await idsOf('a.csv', header + rows.join('\n'));
    expect(new Set(first).size).toBe(2);
    expect(await idsOf('b.csv', `${header}01.02.2026;А;Медеуский район;Газ;1\n${rows.join('\n')}`)).toEqual([
      expect.anything(),
      ...first,
    ]);
    expect(await idsOf('c.csv', header + rows.join('\n').replaceAll(';3', ';4'))).toEqual(first);
  });

  it('is refused row by row where a row has more cells than there are columns, and keeps its bytes', async () => {
    const header = 'Номер заявки;Дата создания;Категория;Район;Описание';
    const bad = '2;27.02.2026;Отопление;Алмалинский район;холодно; нет тепла';
    const records = await recordsOf(
      written('ragged.csv', `${header}\n1;27.02.2026;Отопление;Алмалинский район\n${bad}\n`),
    );
    expect(records.map(({ refusal }) => refusal?.message)).toEqual([
      undefined,
      'record: 6 cells under 5 columns; quote a cell that holds the delimiter',
    ]);
    expect(Buffer.from(records[1]?.original ?? []).toString()).toBe(bad);
  });

  it('keeps nothing of columns that its mapping does not name', async () => {
    const csv =
      'Номер заявки;Дата создания;ФИО;ИИН;Телефон;Категория;Район\n1;27.02.2026;Заявитель Первый;010203456789;+77010000000;Отопление;Алмалинский район\n';
    const [record] = await recordsOf(written('personal.csv', csv));
    expect(record?.refusal).toBeUndefined();
    expect(Buffer.from(record?.value ?? []).toString()).not.toMatch(/Заявитель|010203456789|7701/);
  });

  it('that could be of several systems, or of none, is not guessed at', async () => {
    const unknown = written('unknown.csv', 'Когда;Что\n01.03.2026;вода\n');
    await expect(recordsOf(unknown)).rejects.toMatchObject({ code: 'SLM_INPUT' });
    const tie = written(
      'tie.csv',
      'Номер заявки;Номер талона;Дата;Категория;Район\n1;1;01.03.2026;Газ;Алмалинский район\n',
    );
    await expect(recordsOf(tie)).rejects.toThrow(/ikomek or open-akimat/);
    expect(await outcomesOf(tie, 'open-akimat')).toEqual([
      '2 2026-03-01T07:00:00.000Z akimat_almaty KZ-75 gas request ',
    ]);
    await expect(recordsOf(tie, 'nonsense')).rejects.toMatchObject({ code: 'SLM_USAGE' });
  });

  it.each([
    ['book.csv', Buffer.from('PK\x03\x04'), /XLSX/],
    ['page.csv', Buffer.from('<html><table>'), /HTML/],
    ['none.json', Buffer.from('{"total": 0,\n "data": {}}'), /no array/],
    ['broken-off.csv.gz', gzipSync('id,system,receivedAt\n').subarray(0, 20), /broken-off.csv.gz: unexpected end/],
  ])('that is no text of the kinds read is said to be so: %s', async (name, bytes, message) => {
    await expect(recordsOf(written(name, bytes))).rejects.toThrow(message);
  });

  it.each(['empty.csv', 'empty.json', 'empty.ndjson'])('with nothing in it brings nothing: %s', async (name) => {
    expect(await recordsOf(written(name, ''))).toEqual([]);
  });
});

describe('Appeals with the fields of the contract', () => {
  it('go through as they are, whatever format exports are read with', async () => {
    const line = '{"id":"1","system":"other","receivedAt":"2026-03-01T00:00:00Z","agency":"moh","theme":"healthcare"}';
    const [record] = await recordsOf(written('contract.ndjson', `${line}\n`), 'ikomek');
    expect(Buffer.from(record?.value ?? []).toString()).toBe(line);
    expect(await outcomesOf(written('contract.json', `[${line}]`))).toEqual([
      '1 2026-03-01T00:00:00Z moh  healthcare complaint ',
    ]);
  });

  it('may be a CSV with any delimiter, a row of which is refused alone', async () => {
    const rows =
      'id;system;receivedAt;agency;theme;count;escalated\n1;other;2026-03-01T00:00:00Z;moh;healthcare;2;1\n2;other;;moh;healthcare;;\n';
    expect(await outcomesOf(written('contract.csv', rows))).toEqual([
      '2 2026-03-01T00:00:00Z moh  healthcare complaint ',
      expect.stringMatching(/^3 schema: receivedAt: /),
    ]);
  });

  it('are those of the sample as NDJSON and as CSV', async () => {
    const [lines, rows] = [
      await outcomesOf(join(PACKAGE_ROOT, 'fixtures/appeals.ndjson')),
      await outcomesOf(join(PACKAGE_ROOT, 'fixtures/appeals.csv')),
    ];
    const withoutOffset = (outcomes: readonly string[]) => outcomes.map((outcome) => outcome.replace(/^\d+ /, ''));
    expect(rows).toHaveLength(24);
    expect(withoutOffset(lines).slice(-24)).toEqual(withoutOffset(rows));
  });
});

describe('The mappings of the project', () => {
  const mappings = readAppealMappings(config.lists.appeals, {});

  it('are of the four systems, and name themes and regions there are', () => {
    expect([...mappings.keys()]).toEqual(['e-otinish', 'halyq-baqylau', 'ikomek', 'open-akimat']);
    for (const [name, mapping] of mappings) {
      expect(mapping.system).toBe(name);
      const themes = lists.themes.map(({ id }) => id);
      for (const theme of Object.keys(mapping.values.theme)) expect(themes).toContain(theme);
    }
  });

  it('may not name a theme or a body that no list has, nor a format that is none', () => {
    const read = (name: string, change: (yaml: string) => string) => {
      const folder = join(work.path, name);
      mkdirSync(folder);
      const yaml = readFileSync(join(PACKAGE_ROOT, 'pipelines/appeals/ikomek.yaml'), 'utf8');
      writeFileSync(join(folder, 'own.yaml'), change(yaml));
      return openAppealExports({ ...config, lists: { ...config.lists, appeals: folder } }, rooms);
    };
    expect(() => read('theme', (yaml) => yaml.replace('    roads:', '    rods:'))).toThrow(/own.yaml: .*"rods"/);
    expect(() => read('time', (yaml) => yaml.replace('iso, ', 'isso, '))).toThrow(
      /own.yaml:\d+:\d+: times\.\d+: must be/,
    );
    expect(() => read('key', (yaml) => yaml.replace('signature:', 'signatur:'))).toThrow(
      /signatur: unknown key, allowed here/,
    );
  });

  it('say of no word that it means two things', () => {
    for (const [name, { values }] of mappings) {
      for (const meanings of [values.kind, values.status, values.theme, values.region]) {
        const keys = Object.values(meanings).flatMap((names) => names.map(nameKey));
        expect(
          keys.filter((key, i) => keys.indexOf(key) !== i),
          name,
        ).toEqual([]);
      }
    }
  });

  it('know every region by the names officials write', () => {
    const { lookup } = openAppealExports(config, rooms);
    for (const place of lists.places.filter(({ type }) => type === 'region')) {
      for (const name of [place.name_kk, place.name_ru, place.name_ru.toUpperCase()]) {
        expect(lookup.regionOf(name), name).toBe(place.region);
      }
    }
  });
});
