import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/root.ts';

/** The compiled command line: what a user runs. The global set-up has built it. */
const MAIN = join(PACKAGE_ROOT, 'dist', 'src', 'main.js');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface SalmaqOptions {
  stdin?: string | Uint8Array;
  env?: Readonly<Record<string, string>>;
  cwd?: string;
}

/** Runs `salmaq …args` to its end. */
export async function salmaq(args: readonly string[], options: SalmaqOptions = {}): Promise<Ended> {
  const { child, ended } = startSalmaq(args, options);
  child.stdin?.on('error', () => {});
  child.stdin?.end(options.stdin ?? '');
  return ended;
}

/** Starts `salmaq …args`; `ended` resolves when it ends, however it does. */
export function startSalmaq(
  args: readonly string[],
  options: SalmaqOptions = {},
): { child: ChildProcess; ended: Promise<Ended>; saw(text: string | RegExp): Promise<string> } {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: options.cwd ?? PACKAGE_ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    for (const look of waiting) look();
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
    for (const look of waiting) look();
  });
  const ended = once(child, 'close').then(([code]: (number | null)[]) => ({ code: code ?? null, stdout, stderr }));

  return {
    child,
    ended,
    /** Resolves with the first match in what the process has written so far or writes next; rejects when it ends before. */
    saw(text) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const written = stdout + stderr;
          const found =
            typeof text === 'string' ? (written.includes(text) ? text : undefined) : text.exec(written)?.[0];
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void ended.then(({ code }) => {
          if (waiting.delete(look))
            reject(new Error(`ended with ${code} before it said ${text}:\n${stdout}\n${stderr}`));
        });
      });
    },
  };
}

/** A directory of its own for a test, and the function that removes it. */
export function temporaryDirectory(name: string): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `salmaq-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The lines of NDJSON. */
export function parseLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
