import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a client needs for the TLS listener with SASL (`plain`, `scram-sha-256`, `scram-sha-512`). */
export interface SecureListener {
  brokers: string[];
  /** PEM file of the certificate to trust. */
  caFile: string;
  username: string;
  password: string;
}

export const USERNAME = 'salmaq';
export const PASSWORD = 'only-for-tests';
const STORE_PASSWORD = 'only-for-tests';

/** Makes a self-signed certificate for 127.0.0.1 in `folder`; returns its PEM file and the broker's settings. */
export async function makeSecureListener(folder: string, port: number): Promise<SecureListener & { settings: string }> {
  const keystore = join(folder, 'broker.p12');
  const caFile = join(folder, 'ca.pem');
  const store = ['-keystore', keystore, '-storetype', 'PKCS12', '-storepass', STORE_PASSWORD, '-alias', 'broker'];
  const subject = ['-dname', 'CN=127.0.0.1', '-ext', 'san=ip:127.0.0.1', '-validity', '7'];
  await run('keytool', ['-genkeypair', ...store, '-keyalg', 'EC', '-groupname', 'secp256r1', ...subject]);
  await run('keytool', ['-exportcert', '-rfc', ...store, '-file', caFile]);
  const login = `org.apache.kafka.common.security`;
  const settings = `
ssl.keystore.type=PKCS12
ssl.keystore.location=${keystore}
ssl.keystore.password=${STORE_PASSWORD}
ssl.key.password=${STORE_PASSWORD}
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512
listener.name.secure.plain.sasl.jaas.config=${login}.plain.PlainLoginModule required user_${USERNAME}="${PASSWORD}";
listener.name.secure.scram-sha-256.sasl.jaas.config=${login}.scram.ScramLoginModule required;
listener.name.secure.scram-sha-512.sasl.jaas.config=${login}.scram.ScramLoginModule required;
`;
  return { brokers: [`127.0.0.1:${port}`], caFile, username: USERNAME, password: PASSWORD, settings };
}

/** Arguments of the storage formatter that register the SCRAM user. */
export const SCRAM_ARGUMENTS: readonly string[] = ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
  '--add-scram',
  `${mechanism}=[name=${USERNAME},password=${PASSWORD}]`,
]);
