import { readLines } from '../lines.ts';
import { print } from '../output.ts';
import { TextBatch } from '../post/text-batch.ts';
import { openLanguage } from '../rooms.ts';
import { readConfig } from './options.ts';

/** `salmaq language`: one text per stdin line to `label<TAB>confidence` per stdout line. */
export async function languageCommand(options: { pipeline: string; json?: boolean }): Promise<void> {
  const detector = openLanguage(readConfig(options.pipeline));
  const batch = new TextBatch();
  const decoder = new TextDecoder();
  for await (const lines of readLines(process.stdin, 4_096)) {
    const texts = lines.map((line) => decoder.decode(line));
    const languages = detector.detect(batch.fill(texts), texts);
    const write = options.json
      ? languages.map((language) => JSON.stringify(language))
      : languages.map(({ label, confidence }) => `${label}\t${confidence.toFixed(4)}`);
    await print(`${write.join('\n')}\n`);
  }
}
