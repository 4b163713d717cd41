import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../root.ts';
import { fixtureFiles } from './fixtures.ts';

for (const [name, content] of Object.entries(fixtureFiles())) {
  writeFileSync(join(PACKAGE_ROOT, 'fixtures', name), content);
  process.stderr.write(`fixtures/${name}: ${Buffer.byteLength(content)} bytes\n`);
}
