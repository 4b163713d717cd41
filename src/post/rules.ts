import { z } from 'zod';

/** What JSON Schema has no word for, by the extension keyword that carries it there: zod and ajv ask the same function. */
export const RULES = {
  /** Ids become keys in UTF-8, where lone surrogates would all be the same. */
  'x-wellFormed': { holds: (text: string) => text.isWellFormed(), message: 'must be well-formed Unicode' },
  'x-since1970': { holds: (time: string) => time >= '1970-01-02', message: 'must not be before 1970' },
  'x-before2200': { holds: (time: string) => time < '2200', message: 'must be before 2200' },
} as const;

/** The schema with these rules on top. */
export function ruled<S extends z.ZodType<string>>(schema: S, ...rules: (keyof typeof RULES)[]): S {
  const refined = rules.reduce((refining, rule) => refining.refine(RULES[rule].holds, RULES[rule].message), schema);
  return refined.meta({ ...schema.meta(), ...Object.fromEntries(rules.map((rule) => [rule, true])) });
}

/** A string of `min` (0 or 1) to `max` UTF-16 units; zod itself counts code points. */
export function units(min: 0 | 1, max: number): z.ZodString {
  const isShort = (text: string) => text.length <= max;
  return z.string().min(min).refine(isShort, `must have at most ${max} UTF-16 units`).meta({ maxLength: max });
}
