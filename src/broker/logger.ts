/** What the broker room wants of a logger: pino's loggers, and their children, are such. */
export interface BrokerLogger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export const silentLogger: BrokerLogger = { debug() {}, info() {}, warn() {}, error() {} };
