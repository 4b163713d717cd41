import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the package: where `pipelines/`, `fixtures/` and the files beside the sources are found. */
export const PACKAGE_ROOT = findPackageRoot(import.meta.dirname);

function findPackageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`no package.json above ${import.meta.dirname}`);
  return findPackageRoot(parent);
}
