import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaClasspath } from './classpath.ts';
import { makeSecureListener, SCRAM_ARGUMENTS, type SecureListener } from './secure.ts';

/** A real Apache Kafka broker of one node, started for the tests. */
export interface RunningKafka {
  version: string;
  pid: number;
  brokers: string[];
  secure: SecureListener;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
// A test broker lives for a minute: start-up time counts, throughput does not.
const JVM = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
const LOGGING = [
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
  '-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info',
];

/** Starts a broker in KRaft combined mode on free ports of 127.0.0.1, its data in a temporary folder. */
export async function launchKafka(version: string): Promise<RunningKafka> {
  const classpath = await kafkaClasspath(version);
  const folder = await mkdtemp(join(tmpdir(), 'salmaq-kafka-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const [plainPort, securePort, controllerPort] = await freePorts();
    const { settings, ...secure } = await makeSecureListener(folder, securePort);
    const properties = join(folder, 'server.properties');
    await writeFile(properties, serverProperties(folder, plainPort, securePort, controllerPort) + settings);
    const clusterId = randomBytes(16).toString('base64url');
    await finished(
      java(classpath, [
        'kafka.tools.StorageTool',
        'format',
        // One argument: an id may begin with a dash, which on its own reads as an option.
        `--cluster-id=${clusterId}`,
        '-c',
        properties,
        ...SCRAM_ARGUMENTS,
      ]),
      'formatting the storage',
    );
    const broker = java(classpath, ['kafka.Kafka', properties]);
    const onExit = () => {
      broker.child.kill('SIGKILL');
      remove();
    };
    process.once('exit', onExit);
    await started(broker, version);
    return {
      version,
      pid: broker.child.pid ?? 0,
      brokers: [`127.0.0.1:${plainPort}`],
      secure,
      stop: async () => {
        process.off('exit', onExit);
        const gone = new Promise((resolve) => broker.child.once('exit', resolve));
        // Nothing of it is needed any more, so there is no point in an orderly shutdown.
        if (broker.child.kill('SIGKILL')) await gone;
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function serverProperties(folder: string, plain: number, secure: number, controller: number): string {
  const at = (name: string, port: number) => `${name}://127.0.0.1:${port}`;
  const listeners = [at('PLAINTEXT', plain), at('SECURE', secure)].join(',');
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
controller.listener.names=CONTROLLER
listeners=${listeners},${at('CONTROLLER', controller)}
advertised.listeners=${listeners}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SECURE:SASL_SSL,CONTROLLER:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
log.dirs=${join(folder, 'data')}
# On, so that a test can prove that Salmaq never creates a topic by asking for it.
auto.create.topics.enable=true
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
`;
}

interface Java {
  child: ChildProcess;
  output(): string;
}

function java(classpath: string, args: string[]): Java {
  const child = spawn('java', [...JVM, ...LOGGING, '-cp', classpath, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-20_000);
    child.emit('output');
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return { child, output: () => output };
}

function finished(java: Java, doing: string): Promise<void> {
  return new Promise((resolve, reject) => {
    java.child.once('error', reject);
    java.child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`Kafka failed when ${doing} (exit ${code}):\n${java.output()}`));
    });
  });
}

function started(java: Java, version: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      java.child.kill('SIGKILL');
      reject(new Error(`Kafka ${version} ${why}:\n${java.output()}`));
    };
    const timer = setTimeout(() => fail(`did not start within ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS);
    java.child.once('error', (error) => fail(error.message));
    java.child.once('exit', (code) => fail(`ended at start (exit ${code})`));
    java.child.on('output', () => {
      if (!java.output().includes('Kafka Server started')) return;
      clearTimeout(timer);
      java.child.removeAllListeners('exit');
      resolve();
    });
  });
}

/** Three free ports. They are held together, so that they differ. */
async function freePorts(): Promise<[number, number, number]> {
  const servers = [createServer(), createServer(), createServer()];
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address !== null && typeof address === 'object') ports.push(address.port);
  }
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  const [first, second, third] = ports;
  if (first === undefined || second === undefined || third === undefined) throw new Error('no free port');
  return [first, second, third];
}
