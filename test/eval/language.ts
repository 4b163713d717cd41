import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLanguageDetector } from '../../src/language/detector.ts';
import type { Language, LanguageDetector } from '../../src/language/language.ts';
import { loadLanguageModel } from '../../src/language/load.ts';
import { TextBatch } from '../../src/post/text-batch.ts';

/** A text and the language it is in. */
export interface LabelledText {
  label: string;
  kind: string;
  source: string;
  text: string;
}

/** Reads `label<TAB>kind<TAB>source<TAB>text` lines. */
export function readLabelled(file: string): LabelledText[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [label, kind, source, ...text] = line.split('\t');
    return label && kind && source ? [{ label, kind, source, text: text.join('\t') }] : [];
  });
}

/** The answers to labelled texts, in order. */
export function answersTo(rows: readonly LabelledText[], detector: LanguageDetector): Language[] {
  const texts = rows.map((row) => row.text);
  return detector.detect(new TextBatch().fill(texts), texts);
}

/** Accuracy by kind, false `mixed`, confusions and calibration, as a Markdown table. */
export function qualityTable(rows: readonly LabelledText[], answers: readonly Language[]): string {
  const kinds = new Map<string, { right: number; all: number }>();
  const bins = Array.from({ length: 15 }, () => ({ count: 0, confidence: 0, right: 0 }));
  let right = 0;
  let pure = 0;
  let falseMixed = 0;
  let confused = 0;
  for (const [i, row] of rows.entries()) {
    const answer = answers[i];
    if (answer === undefined) continue;
    const hit = answer.label === row.label ? 1 : 0;
    const name = `${row.label} / ${row.kind}`;
    const kind = kinds.get(name) ?? { right: 0, all: 0 };
    kinds.set(name, { right: kind.right + hit, all: kind.all + 1 });
    right += hit;
    if (row.label === 'kk' || row.label === 'ru') {
      pure++;
      if (answer.label === 'mixed') falseMixed++;
      else if (answer.label !== row.label && (answer.label === 'kk' || answer.label === 'ru')) confused++;
    }
    const bin = bins[Math.min(14, Math.floor(answer.confidence * 15))];
    if (bin === undefined) continue;
    bin.count++;
    bin.confidence += answer.confidence;
    bin.right += hit;
  }
  const shares = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1));
  const macro = shares.reduce((sum, [, kind]) => sum + kind.right / kind.all, 0) / shares.length;
  const error = bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / rows.length;
  const percent = (part: number, all = 1): string => ((100 * part) / all).toFixed(1);
  return [
    '| label / kind | texts | right, % |',
    '|---|---:|---:|',
    ...shares.map(([name, kind]) => `| ${name} | ${kind.all} | ${percent(kind.right, kind.all)} |`),
    `| **all** | ${rows.length} | **${percent(right, rows.length)}** |`,
    `| **mean of kinds** | | **${percent(macro)}** |`,
    `| pure kk or ru called mixed | ${pure} | ${percent(falseMixed, pure)} |`,
    `| kk called ru or ru called kk | ${pure} | ${percent(confused, pure)} |`,
    `| expected calibration error, 15 bins | | ${error.toFixed(3)} |`,
  ].join('\n');
}

/**
 * The quality of the packaged model on `eval-dev.tsv` and `eval-und.tsv` of a folder, without and with a prior for a
 * stream from Kazakhstan.
 */
export async function evaluateLanguage(dataDir: string): Promise<string> {
  const rows = ['eval-dev.tsv', 'eval-und.tsv'].flatMap((file) => readLabelled(join(dataDir, file)));
  const model = loadLanguageModel();
  const tables = [0, 1].map((prior) => {
    const detector = createLanguageDetector(model, { prior: { kk: prior, ru: prior } });
    return `### Language, prior ${prior}\n\n${qualityTable(rows, answersTo(rows, detector))}`;
  });
  return tables.join('\n\n');
}
