import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitRecords } from '../../../src/api/records.ts';
import { SalmaqError } from '../../../src/errors.ts';
import { appeal, createTestApi, outcomeSchema, post, problemSchema, read, sent } from './support.ts';

const decoder = new TextDecoder();
const bytes = (text: string) => new TextEncoder().encode(text);

describe('POST /v1/posts', () => {
  it('takes an array, a single object, and one object a line', async () => {
    const { app, taken } = createTestApi();
    const send = async (init: RequestInit) => (await app.request('/v1/posts', init)).json();
    expect(await send(sent(JSON.stringify([post('1'), post('2')])))).toEqual({ accepted: 2, refused: [] });
    expect(await send(sent(JSON.stringify(post('3'))))).toEqual({ accepted: 1, refused: [] });
    const lines = `${JSON.stringify(post('4'))}\r\n\n${JSON.stringify(post('5'))}`;
    expect(await send(sent(lines, 'application/x-ndjson'))).toEqual({ accepted: 2, refused: [] });
    expect(await send(sent('[]'))).toEqual({ accepted: 0, refused: [] });
    expect(taken.map(({ kind, record }) => `${kind} ${JSON.parse(decoder.decode(record)).id}`)).toEqual(
      ['1', '2', '3', '4', '5'].map((id) => `post ${id}`),
    );
  });

  it('tells of each refused record which it was and why, and takes the others', async () => {
    const body = [
      post('1'),
      { ...post('2'), platform: 'myspace' },
      post('3'),
      post('4', { publishedAt: '2030-01-01T00:00:00Z' }),
    ];
    const response = await createTestApi().app.request('/v1/posts', sent(JSON.stringify(body)));
    expect(response.status).toBe(200);
    const { accepted, refused } = await read(response, outcomeSchema);
    expect(accepted).toBe(2);
    expect(refused.map(({ index, reason }) => [index, reason])).toEqual([
      [1, 'schema'],
      [3, 'future-time'],
    ]);
    expect(refused[0]?.message).toContain('platform');
  });

  it('refuses bad lines one by one, a record that is no UTF-8 alone', async () => {
    const { app } = createTestApi();
    const lines = `${JSON.stringify(post('1'))}\n{"id":\n42\n${JSON.stringify(post('2'))}\n`;
    const some = await (await app.request('/v1/posts', sent(lines, 'application/x-ndjson; charset=utf-8'))).json();
    expect(some).toMatchObject({
      accepted: 2,
      refused: [
        { index: 1, reason: 'malformed-json' },
        { index: 2, reason: 'schema' },
      ],
    });

    const array = bytes(JSON.stringify([post('1', { url: 'XX' }), post('2')]));
    array[array.indexOf('X'.charCodeAt(0))] = 0xff;
    const other = await (await app.request('/v1/posts', sent(array))).json();
    expect(other).toMatchObject({ accepted: 1, refused: [{ index: 0, reason: 'invalid-utf8' }] });
  });

  it.each([
    ['{"id":', 'not JSON'],
    ['nonsense', 'not JSON'],
    ['', 'empty'],
    [' \n', 'empty'],
    ['42', 'no JSON object'],
    ['null', 'no JSON object'],
    ['[1]', 'element 0'],
    ['[{},[]]', 'element 1'],
  ])('answers 400 to the body %j', async (body, why) => {
    const { app, taken } = createTestApi();
    const response = await app.request('/v1/posts', sent(body));
    expect(response.status).toBe(400);
    const problem = await read(response, problemSchema);
    expect(problem.code).toBe('SLM_INPUT');
    expect(problem.detail).toContain(why);
    expect(taken).toEqual([]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=cp1251', ''])(
    'answers 415 to the type %j, which a foreign page could send',
    async (type) => {
      const response = await createTestApi().app.request('/v1/posts', sent(bytes(JSON.stringify(post('1'))), type));
      expect(response.status).toBe(415);
      expect(response.headers.get('accept')).toContain('application/x-ndjson');
    },
  );

  it('answers 415 to a compressed body and 413 to one that is too large', async () => {
    const { app, taken } = createTestApi({ bodyBytes: 1024 });
    const gzipped = await app.request('/v1/posts', sent('x', 'application/json', { 'content-encoding': 'gzip' }));
    expect(gzipped.status).toBe(415);
    const large = await app.request('/v1/posts', sent(JSON.stringify(post('1', { text: 'a'.repeat(1024) }))));
    expect(large.status).toBe(413);
    expect((await read(large, problemSchema)).detail).toContain('1024');
    expect(taken).toEqual([]);
  });

  it('answers 503 when the records could not be stored', async () => {
    const { app } = createTestApi(
      {},
      {
        ingest: async () => {
          throw new SalmaqError('SLM_STORE', 'down');
        },
      },
    );
    const response = await app.request('/v1/posts', sent(JSON.stringify(post('1'))));
    expect(response.status).toBe(503);
    expect(response.headers.has('retry-after')).toBe(true);
  });

  it('answers only after the records are stored', async () => {
    let stored = false;
    const { app } = createTestApi(
      {},
      {
        ingest: async () => {
          await new Promise((resolve) => setTimeout(resolve, 20));
          stored = true;
          return [];
        },
      },
    );
    await app.request('/v1/posts', sent(JSON.stringify(post('1'))));
    expect(stored).toBe(true);
  });
});

describe('POST /v1/appeals', () => {
  it('takes appeals', async () => {
    const { app, taken } = createTestApi();
    const response = await app.request('/v1/appeals', sent(JSON.stringify([appeal('1'), { id: '2' }])));
    expect(await response.json()).toMatchObject({ accepted: 1, refused: [{ index: 1, reason: 'schema' }] });
    expect(taken.map(({ kind }) => kind)).toEqual(['appeal', 'appeal']);
  });
});

describe('a body', () => {
  const text = fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', '\n', 'ә', '😀', 'a') });
  const object = fc.dictionary(text, fc.oneof(text, fc.array(text), fc.dictionary(text, text), fc.jsonValue()));

  it('of any JSON array is split into the very bytes of its elements, however it is laid out', () => {
    fc.assert(
      fc.property(fc.array(object), fc.constantFrom(undefined, 1, '\t'), fc.boolean(), (objects, indent, mark) => {
        const body = bytes(`${mark ? '\ufeff' : ''}${JSON.stringify(objects, null, indent)}\n`);
        const records = splitRecords('application/json', body).map((record) => JSON.parse(decoder.decode(record)));
        expect(records).toEqual(objects.map((one) => JSON.parse(JSON.stringify(one))));
      }),
    );
  });

  it('of any lines is split into them', () => {
    fc.assert(
      fc.property(fc.array(object), fc.constantFrom('\n', '\r\n', '\n\n'), (objects, end) => {
        const lines = objects.map((one) => JSON.stringify(one));
        const records = splitRecords('application/x-ndjson', bytes(lines.join(end)));
        expect(records.map((record) => decoder.decode(record))).toEqual(lines);
      }),
    );
  });

  it('keeps digits that a JavaScript number cannot hold', () => {
    const [record] = splitRecords('application/json', bytes('[{"id": 12345678901234567890}]'));
    expect(decoder.decode(record)).toBe('{"id": 12345678901234567890}');
  });
});
