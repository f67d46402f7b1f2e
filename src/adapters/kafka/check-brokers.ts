import { OptionError } from '../../core/errors.js';

/** Where a cluster is: `host:port` of one broker or more. */
export function checkBrokers(who: string, brokers: readonly string[]): readonly string[] {
  if (Array.isArray(brokers) && brokers.length > 0) return brokers;
  throw new OptionError(`${who}: brokers must be an array of 'host:port', received ${String(brokers)}`);
}
