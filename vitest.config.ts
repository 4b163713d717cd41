import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // libchdb binds one data directory per process: every test file gets a process of its own.
    pool: 'forks',
    globalSetup: ['./test/support/build.ts', './test/support/global-setup.ts'],
    reporters: ['default', './test/support/summary-reporter.ts'],
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
});
