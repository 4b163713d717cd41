import { type BadRecord, badAppeals, badPosts } from './bad-records.ts';

/** Lines stay short in the repository; the long records are built by the tests that need them. */
const LONGEST_LINE = 2_048;

/** The bad records that fit one line of a file, and `outcomes.csv`, which says what must become of each line. */
export function badRecordFiles(): { name: string; content: Uint8Array }[] {
  const files = [
    { name: 'bad-records.ndjson', records: badPosts.filter(fitsOneLine) },
    { name: 'bad-records/appeals.ndjson', records: badAppeals.filter(fitsOneLine) },
  ];
  const outcomes = files.flatMap(({ name, records }) =>
    records.map((record, i) => `${name},${i + 1},"${record.name}",${record.outcome}\n`),
  );
  return [
    ...files.map(({ name, records }) => ({
      name,
      content: Buffer.concat(records.flatMap(({ bytes }) => [bytes ?? new Uint8Array(0), Buffer.from('\n')])),
    })),
    { name: 'bad-records/outcomes.csv', content: Buffer.from(`file,line,name,outcome\n${outcomes.join('')}`) },
  ];
}

function fitsOneLine({ bytes }: BadRecord): boolean {
  return bytes !== null && bytes.length <= LONGEST_LINE && !bytes.includes(0x0a);
}
