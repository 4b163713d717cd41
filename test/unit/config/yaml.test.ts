import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseYaml } from '../../../src/config/yaml.ts';

const schema = z.strictObject({
  name: z.string(),
  http: z.strictObject({ port: z.number().int(), host: z.string().default('127.0.0.1') }).optional(),
  verdicts: z.array(z.enum(['systemic', 'silent'])).default([]),
});

const read = (text: string, environment: Record<string, string> = {}) => parseYaml(text, 'p.yaml', schema, environment);

describe('A YAML file', () => {
  it('is checked, and its defaults are filled', () => {
    expect(read('name: a\nhttp:\n  port: 1\n')).toEqual({
      name: 'a',
      http: { port: 1, host: '127.0.0.1' },
      verdicts: [],
    });
  });

  it('takes values from the environment, keeping the types of plain scalars', () => {
    const value = read('name: "${WHO}"\nhttp:\n  port: ${PORT:-80}\n', { WHO: '12' });
    expect(value).toEqual({ name: '12', http: { port: 80, host: '127.0.0.1' }, verdicts: [] });
  });

  it('names the line of a missing variable', () => {
    expect(() => read('name: ${NOBODY_SET_THIS}')).toThrow(
      'p.yaml:1:7: the environment variable NOBODY_SET_THIS is not set',
    );
  });

  it('names the line, the path and what is allowed, for every mistake at once', () => {
    const text = 'name: a\nhttp:\n  port: many\n  prot: 1\nverdicts:\n  - systemic\n  - loud\n';
    expect(() => read(text)).toThrow(/p\.yaml:3:\d+: http\.port: .*number/);
    expect(() => read(text)).toThrow('p.yaml:4:3: http.prot: unknown key, allowed here: port, host');
    expect(() => read(text)).toThrow(/p\.yaml:7:5: verdicts\.1: .*"systemic"\|"silent"/);
  });

  it('names the line of a syntax error', () => {
    expect(() => read('name: [a\nb: }')).toThrow(/p\.yaml:\d+:\d+: /);
  });
});
