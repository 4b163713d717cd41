import { openAppealExports } from '../appeal-exports.ts';
import { readSubscriptions } from '../config/subscriptions.ts';
import { checkLists } from '../mentions/check-lists.ts';
import { print, printJson, tell } from '../output.ts';
import { openRooms, readLists, readWeighing } from '../rooms.ts';
import { readConfig } from './options.ts';

/** `salmaq check`: every mistake of a pipeline file, its lists, subscriptions and mappings of appeals, with file and line. */
export async function checkCommand(file: string, options: { json?: boolean }): Promise<void> {
  const config = readConfig(file);
  const subscriptions = readSubscriptions(config);
  const lists = readLists(config);
  openAppealExports(config, openRooms(config));
  readWeighing(config);
  const findings = checkLists(lists);
  if (options.json) await printJson(findings);
  else {
    const lines = findings.map(
      ({ severity, file: list, line, message }) => `${list}:${line}: ${severity}: ${message}\n`,
    );
    await print(lines.join(''));
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  tell(
    `${file}: ${lists.agencies.length} agencies, ${lists.themes.length} themes, ${lists.places.length} places, ` +
      `${subscriptions.length} subscriptions: ${errors} errors, ${findings.length - errors} warnings`,
  );
  if (errors > 0) process.exitCode = 2;
}
