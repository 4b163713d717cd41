import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/root.ts';
import { badRecordFiles } from './bad-record-files.ts';

for (const { name, content } of badRecordFiles()) writeFileSync(join(PACKAGE_ROOT, 'fixtures', name), content);
