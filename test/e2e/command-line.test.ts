import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PACKAGE_ROOT } from '../../src/root.ts';
import { signalSchema } from '../../src/weigh/signal.ts';
import { parseLines, salmaq, temporaryDirectory } from '../support/cli.ts';
import { writeRecentAppeals } from '../support/recent-appeals.ts';

const POSTS = join(PACKAGE_ROOT, 'fixtures/posts.ndjson');
const AT = '2026-11-22T00:00:00Z';

const enrichedSchema = z.object({
  platform: z.string(),
  id: z.string(),
  language: z.object({
    label: z.enum(['kk', 'ru', 'mixed', 'other', 'und']),
    confidence: z.number().min(0).max(1),
    script: z.enum(['cyrillic', 'latin', 'arabic', 'mixed', 'none']),
  }),
  agencies: z.array(z.string()),
  themes: z.array(z.string()).max(3),
  region: z.object({ code: z.string(), source: z.enum(['text', 'geotag', 'channel', 'author']) }).nullable(),
  cluster: z.object({ id: z.string(), copy: z.boolean() }),
  reach: z.object({ low: z.number(), mid: z.number(), high: z.number() }),
});

const post = (id: string, text: string) =>
  JSON.stringify({ id, platform: 'vk', text, publishedAt: '2026-03-01T08:00:00Z', author: { id: `author-${id}` } });

const work = temporaryDirectory('e2e');
const APPEALS = writeRecentAppeals(work.path);
afterAll(() => work.remove());

describe('salmaq', () => {
  it('is found by npx in a clean checkout', () => {
    const out = execFileSync('npx', ['salmaq', '--version'], { cwd: PACKAGE_ROOT, encoding: 'utf8' });
    expect(out.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('ends with 2 on bad usage and on bad configuration, and with 0 on help', async () => {
    expect((await salmaq(['replay'])).code).toBe(2);
    expect((await salmaq(['nonsense'])).code).toBe(2);
    for (const from of ['yesterday', '1960-01-01', '2026-02-31', AT]) {
      expect((await salmaq(['signals', '--data-dir', work.path, '--from', from, '--to', AT])).code).toBe(2);
      expect((await salmaq(['silence', '--data-dir', work.path, '--from', from, '--to', AT])).code).toBe(2);
    }
    expect((await salmaq(['history', 'a/b/c/2026-02-31T00:00:00Z/P1D', '--data-dir', work.path])).code).toBe(2);
    const mistyped = join(work.path, 'nowhere');
    const silence = await salmaq(['silence', '--data-dir', mistyped, '--from', '2026-02-01', '--to', AT]);
    expect(silence).toMatchObject({ code: 2, stderr: expect.stringContaining(`no data directory ${mistyped}`) });
    expect(existsSync(mistyped)).toBe(false);
    const broken = join(work.path, 'broken.yaml');
    writeFileSync(broken, 'name: x\nnonsense: 1\n');
    const checked = await salmaq(['check', broken]);
    expect(checked.code).toBe(2);
    expect(checked.stderr).toContain(`${broken}:2:1: nonsense: unknown key, allowed here: name, `);
    expect((await salmaq(['--help'])).code).toBe(0);
  });

  it('checks its own pipeline without an error', async () => {
    const checked = await salmaq(['check', 'pipelines/national.yaml']);
    expect(checked.stderr).toMatch(/0 errors/);
    expect(checked.code).toBe(0);
  });
});

describe('salmaq language', () => {
  it('answers each line with a label and a confidence, in order', async () => {
    const texts = ['Суды қашан қосасыздар, үш күн болды', 'Когда дадут воду, третий день нет', '😂😂', ''];
    const { stdout, code } = await salmaq(['language'], { stdin: `${texts.join('\n')}\n` });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(lines.map(([label]) => label)).toEqual(['kk', 'ru', 'und', 'und']);
    for (const [, confidence] of lines) expect(Number(confidence)).toBeGreaterThanOrEqual(0);
    expect(code).toBe(0);
  });
});

describe('salmaq enrich', () => {
  it('prints one enriched post per line, in order, with a refusal where a line is no post', async () => {
    const stdin = [post('1', 'Әкімдік Алматыда суды қашан қосады?'), 'no json', post('2', 'привет')].join('\n');
    const { stdout, code, stderr } = await salmaq(['enrich'], { stdin });
    const [first, second, third] = parseLines(stdout);
    expect(enrichedSchema.parse(first)).toMatchObject({
      id: '1',
      agencies: ['akimat_almaty'],
      region: { code: 'KZ-75', source: 'text' },
    });
    expect(second).toMatchObject({ refused: { line: 2, reason: 'malformed-json' } });
    expect(enrichedSchema.parse(third)).toMatchObject({
      id: '2',
      agencies: [],
      region: null,
      cluster: { id: 'vk:2', copy: false },
    });
    expect(stderr).toContain('1 of 3 lines were refused');
    expect(code).toBe(0);
  });

  it('holds to the contract for every sample post', async () => {
    const { stdout } = await salmaq(['enrich'], { stdin: readFileSync(POSTS) });
    const enriched = parseLines(stdout);
    expect(enriched.length).toBe(readFileSync(POSTS, 'utf8').trimEnd().split('\n').length);
    for (const line of enriched) enrichedSchema.parse(line);
  });
});

describe('salmaq replay', () => {
  const dataDir = join(work.path, 'replayed');
  const replay = () => salmaq(['replay', '--posts', POSTS, '--appeals', APPEALS, '--data-dir', dataDir, '--at', AT]);
  const signals = (from: string, to: string) =>
    salmaq(['signals', '--data-dir', dataDir, '--from', from, '--to', to, '--json']);

  it('fills a directory whose signals hold to the contract, and a second replay changes none of them', async () => {
    const first = await replay();
    expect(first.stderr).toMatch(/\d+ posts \(\d+ copies\), \d+ appeals, 0 refused/);
    expect(first.code).toBe(0);
    const before = await signals('2026-02-01T00:00:00Z', '2026-04-01T00:00:00Z');
    const parsed = parseLines(before.stdout).map((line) => signalSchema.parse(line));
    expect(parsed.length).toBeGreaterThan(20);
    const scores = parsed.map(({ verdict }) => verdict.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));

    expect((await replay()).code).toBe(0);
    const after = await signals('2026-02-01T00:00:00Z', '2026-04-01T00:00:00Z');
    expect(after.stdout).toBe(before.stdout);
  });

  it('explains a signal in the language asked for, with the next step', async () => {
    const printed = await signals('2026-02-24T00:00:00Z', '2026-03-03T00:00:00Z');
    const loudest = signalSchema.parse(parseLines(printed.stdout)[0]);
    const explain = (...more: string[]) => salmaq(['explain', loudest.id, '--data-dir', dataDir, ...more]);
    const page = (await explain('--language', 'kk')).stdout;
    expect(page).toContain('ықтималдығы');
    expect(page).toContain(loudest.verdict.reasons.at(-1)?.text.kk);
    for (const { text } of loudest.verdict.wouldChangeIf) expect(page).toContain(text.kk);
    expect(signalSchema.parse(JSON.parse((await explain('--json')).stdout)).id).toBe(loudest.id);

    const nowhere = await salmaq(['explain', `nobody/KZ-10/water/2026-02-24T00:00:00Z/P7D`, '--data-dir', dataDir]);
    expect(nowhere.stderr).toContain('no post and no appeal is in the cell');
    expect(nowhere.code).toBe(1);
    expect((await salmaq(['explain', 'water', '--data-dir', dataDir])).code).toBe(2);
  });

  it('says which directory is busy instead of waiting or breaking it', async () => {
    const missing = await salmaq(['replay', '--posts', 'no-such-file.ndjson', '--data-dir', dataDir]);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('SLM_INPUT no-such-file.ndjson: cannot be read');
  });
});
