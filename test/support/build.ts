import { execFileSync } from 'node:child_process';
import { PACKAGE_ROOT } from '../../src/root.ts';

/** Compiles once before a run: the tests that start `salmaq` run what a user would, never a stale build. */
export default function build(): void {
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: PACKAGE_ROOT, stdio: 'inherit' });
}
