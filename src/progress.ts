import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  update(done: number, total: number, note: string): void;
  stop(): void;
}

/** A progress bar on stderr; where that is no terminal, a line now and then. */
export function createProgress(what: string): Progress {
  if (!process.stderr.isTTY) return silentUntilDone(what);
  const bar = new SingleBar(
    { format: `${what} {bar} {percentage} % {note}`, hideCursor: true, stream: process.stderr },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    update(done, total, note) {
      if (!isStarted) bar.start(Math.max(1, total), 0, { note });
      isStarted = true;
      bar.update(done, { note });
    },
    stop() {
      if (isStarted) bar.stop();
    },
  };
}

const LINE_EVERY_MS = 5_000;

function silentUntilDone(what: string): Progress {
  let toldAtMs = performance.now();
  let last = '';
  return {
    update(done, total, note) {
      last = `${what} ${Math.floor((100 * done) / Math.max(1, total))} % ${note}`;
      if (performance.now() - toldAtMs < LINE_EVERY_MS) return;
      toldAtMs = performance.now();
      process.stderr.write(`${last}\n`);
    },
    stop() {
      if (last !== '') process.stderr.write(`${last}\n`);
    },
  };
}
