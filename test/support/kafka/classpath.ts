import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { PACKAGE_ROOT } from '../../../src/root.ts';

const run = promisify(execFile);
const FOLDER = join(PACKAGE_ROOT, 'test/support/kafka');

/**
 * The class path of an Apache Kafka broker of this version, resolved by Maven on first use and remembered in `target/`.
 * Rejects with a message that says what to install when Java or Maven is missing.
 */
export async function kafkaClasspath(version: string): Promise<string> {
  await requireTool('java', ['-version'], 'a JDK or JRE 17 or newer, such as Debian’s openjdk-17-jre-headless');
  const remembered = join(FOLDER, 'target', `classpath-${version}.txt`);
  const known = await readClasspath(remembered);
  if (known !== undefined) return known;

  await requireTool('mvn', ['--version'], 'Maven 3.6 or newer, such as Debian’s maven');
  await mkdir(join(FOLDER, 'target'), { recursive: true });
  const goal = [
    '--batch-mode',
    '--quiet',
    '--no-transfer-progress',
    '--file',
    join(FOLDER, 'pom.xml'),
    'dependency:build-classpath',
    `-Dkafka.version=${version}`,
    `-Dmdep.outputFile=${remembered}`,
  ];
  try {
    await run('mvn', ['--offline', ...goal]);
  } catch {
    try {
      await run('mvn', goal);
    } catch (cause) {
      throw new Error(`Maven could not resolve Apache Kafka ${version}; run "mvn ${goal.join(' ')}" to see why`, {
        cause,
      });
    }
  }
  const resolved = await readClasspath(remembered);
  if (resolved === undefined) throw new Error(`Maven left no usable class path in ${remembered}`);
  return resolved;
}

async function readClasspath(file: string): Promise<string | undefined> {
  if (!existsSync(file)) return undefined;
  const classpath = (await readFile(file, 'utf8')).trim();
  // The local repository may have been emptied since.
  return classpath.length > 0 && classpath.split(delimiter).every((jar) => existsSync(jar)) ? classpath : undefined;
}

async function requireTool(name: string, args: string[], install: string): Promise<void> {
  try {
    await run(name, args);
  } catch (cause) {
    throw new Error(
      `"${name}" is not there, and the tests start a real Apache Kafka with it. Install ${install}, or point ` +
        'KAFKA_BROKERS=host:port at a running broker.',
      { cause },
    );
  }
}
