import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SalmaqError } from '../../../src/errors.ts';
import { PACKAGE_ROOT } from '../../../src/root.ts';
import { createLogger } from '../../../src/telemetry/logger.ts';

function lines(level: 'info' | 'silent', log: (logger: ReturnType<typeof createLogger>) => void) {
  const written: string[] = [];
  log(createLogger({ level, pretty: false }, { write: (line) => written.push(line) }));
  return written.map((line) => JSON.parse(line));
}

describe('the log', () => {
  it('is one JSON object a line, with the time and the code of an error', () => {
    const [line] = lines('info', (logger) => {
      logger.debug('nobody asked');
      logger.error({ err: new SalmaqError('SLM_STORE', 'down', { hint: 'wait' }) }, 'a batch failed');
    });
    expect(line).toMatchObject({
      level: 50,
      msg: 'a batch failed',
      err: { code: 'SLM_STORE', message: 'down', hint: 'wait' },
    });
    expect(Date.parse(line.time)).toBeGreaterThan(0);
  });

  it('shows no secret of settings handed over whole', () => {
    const settings = {
      kafka: { sasl: { password: 'hunter2' } },
      http: { tokens: [{ token: 'hunter2' }] },
      password: 'hunter2',
    };
    const [line] = lines('info', (logger) => logger.info({ settings, ...settings }, 'starting'));
    expect(JSON.stringify(line)).not.toContain('hunter2');
    expect(line.settings.http.tokens).toBe('[secret]');
  });

  it.each([false, true])(
    'goes to stderr and leaves stdout to data, even when the process exits at once (pretty: %s)',
    async (pretty) => {
      const module = join(PACKAGE_ROOT, 'src/telemetry/logger.ts');
      const program = `import { createLogger } from ${JSON.stringify(module)};
      createLogger({ level: 'info', pretty: ${pretty} }).info('last words'); process.exit(0);`;
      const { stdout, stderr } = await promisify(execFile)(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '--eval', program],
        { cwd: PACKAGE_ROOT },
      );
      expect(stdout).toBe('');
      expect(stderr).toContain('last words');
    },
  );
});
