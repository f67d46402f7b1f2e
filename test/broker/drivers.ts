import { type KafkaPort, platformaticKafka } from 'hedgerow/kafka';
import type { DriverName } from './driver-names.js';

export type { DriverName };

/** A port to the broker under test by one of the drivers. */
export function openDriver(_: DriverName, brokers: string): Promise<KafkaPort> {
  return platformaticKafka({ brokers: brokers.split(','), transactionTimeout: 4000, rebalanceTimeout: 6000 });
}
