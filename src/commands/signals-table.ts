import { table } from '../output.ts';
import type { Signal } from '../weigh/signal.ts';

/** Signals for the terminal, one a line. */
export function signalsTable(signals: readonly Signal[]): string {
  const header = [
    'score',
    'verdict',
    'agency',
    'region',
    'theme',
    'posts',
    'voices',
    'net reach',
    'per 100k',
    '90 %',
    'appeals',
    'copies',
  ];
  return table(
    header,
    signals.map((signal) => {
      const { rate } = signal.representativeness;
      return [
        signal.verdict.score.toFixed(2),
        signal.verdict.label,
        signal.agency ?? '—',
        signal.region ?? '—',
        signal.theme ?? '—',
        signal.volume.posts,
        Math.round(signal.voices.effective),
        Math.round(signal.reach.net.mid),
        rate.per100k.toFixed(1),
        `${rate.low.toFixed(1)}–${rate.high.toFixed(1)}`,
        signal.appeals.count,
        `${Math.round(signal.amplification.copyShare * 100)} %`,
      ];
    }),
  );
}
