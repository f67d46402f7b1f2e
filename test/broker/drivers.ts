import { type KafkaPort, kafkaJs, platformaticKafka } from 'hedgerow/kafka';
import type { DriverName } from './driver-names.js';

export type { DriverName };

/** A port to the broker under test by one of the drivers. */
export function openDriver(driver: DriverName, addresses: string): Promise<KafkaPort> {
  const brokers = addresses.split(',');
  return driver === 'kafkajs'
    ? kafkaJs({ brokers, sessionTimeout: 3000, transactionTimeout: 4000 })
    : platformaticKafka({ brokers, transactionTimeout: 4000, rebalanceTimeout: 6000 });
}
