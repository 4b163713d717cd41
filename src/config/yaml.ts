import { readFileSync } from 'node:fs';
import { isMap, isNode, isScalar, LineCounter, type ParsedNode, parse, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { SalmaqError } from '../errors.ts';

/** Values that stand for `${NAME}` in a file; secrets come from here and are never written down. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a YAML file against a schema. `${NAME}` and `${NAME:-default}` are replaced from the environment.
 *
 * @throws SalmaqError `SLM_CONFIG`, with `file:line:column` and what is allowed for every mistake found.
 */
export function readYaml<S extends z.ZodType>(file: string, schema: S, environment: Environment): z.output<S> {
  return parseYaml(readConfigFile(file), file, schema, environment);
}

export function readConfigFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new SalmaqError('SLM_CONFIG', `${file}: cannot be read`, { hint: 'check the path', cause });
  }
}

/** The same from a text; `file` is for messages. */
export function parseYaml<S extends z.ZodType>(
  text: string,
  file: string,
  schema: S,
  environment: Environment,
): z.output<S> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const mistakes = document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`);
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== 'string' || !node.value.includes('${')) return;
      const { value, missing } = substitute(node.value, environment);
      for (const name of missing) {
        mistakes.push(`${at(node.range?.[0] ?? 0)}: the environment variable ${name} is not set`);
      }
      // A plain scalar keeps YAML's types, so that `port: ${PORT}` is a number.
      node.value = node.type === 'PLAIN' ? plainScalar(value) : value;
    },
  });
  if (mistakes.length > 0) throw configError(mistakes);

  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  throw configError(
    parsed.error.issues.flatMap((issue) => {
      if (issue.code !== 'unrecognized_keys') {
        return [`${at(offsetOf(document.contents, issue.path))}: ${pathOf(issue.path)}: ${issue.message}`];
      }
      const allowed = keysAt(schema, issue.path);
      return issue.keys.map(
        (key) =>
          `${at(offsetOf(document.contents, [...issue.path, key]))}: ${pathOf([...issue.path, key])}: unknown key` +
          (allowed.length > 0 ? `, allowed here: ${allowed.join(', ')}` : ''),
      );
    }),
  );
}

function configError(mistakes: readonly string[]): SalmaqError {
  return new SalmaqError('SLM_CONFIG', mistakes.join('\n'));
}

function substitute(text: string, environment: Environment): { value: string; missing: string[] } {
  const missing: string[] = [];
  const value = text.replace(/\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g, (_, name: string, fallback: string | undefined) => {
    const found = environment[name] || fallback;
    if (found === undefined) missing.push(name);
    return found ?? '';
  });
  return { value, missing };
}

function plainScalar(value: string): unknown {
  const parsed: unknown = parse(value);
  return typeof parsed === 'object' ? value : parsed;
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the file' : path.map(String).join('.');
}

/** Where the deepest node on the path starts; a key's own place where the path ends in one. */
function offsetOf(root: ParsedNode | null, path: readonly PropertyKey[]): number {
  let node: unknown = root;
  let offset = root?.range[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step);
      if (pair === undefined) return offset;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else {
      const item: unknown =
        isNode(node) && 'items' in node && Array.isArray(node.items) ? node.items[Number(step)] : null;
      if (!isNode(item)) return offset;
      offset = item.range?.[0] ?? offset;
      node = item;
    }
  }
  return offset;
}

/** The keys that a schema allows at a path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: unknown = schema;
  for (const step of path) {
    current = unwrap(current);
    if (current instanceof z.ZodObject) current = current.shape[String(step)];
    else if (current instanceof z.ZodArray) current = current.element;
    else if (current instanceof z.ZodRecord) current = current.valueType;
    else return [];
  }
  const last = unwrap(current);
  return last instanceof z.ZodObject ? Object.keys(last.shape) : [];
}

function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return unwrap(schema.unwrap());
  }
  if (schema instanceof z.ZodPrefault) return unwrap(schema.unwrap());
  if (schema instanceof z.ZodPipe) return unwrap(schema.in);
  return schema;
}
