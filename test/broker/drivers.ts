import { confluentKafka, type KafkaPort, kafkaJs, platformaticKafka } from 'hedgerow/kafka';
import { confluentModule } from './confluent.js';
import type { DriverName } from './driver-names.js';

export type { DriverName };

const open: Readonly<Record<DriverName, (brokers: readonly string[]) => Promise<KafkaPort>>> = {
  '@platformatic/kafka': (brokers) =>
    platformaticKafka({ brokers, transactionTimeout: 4000, rebalanceTimeout: 6000 }),
  '@confluentinc/kafka-javascript': (brokers) =>
    confluentKafka({ brokers, transactionTimeout: 4000, rebalanceTimeout: 6000, client: confluentModule() }),
  kafkajs: (brokers) => kafkaJs({ brokers, sessionTimeout: 3000, transactionTimeout: 4000 }),
};

/** A port to the broker under test by one of the drivers. */
export function openDriver(driver: DriverName, addresses: string): Promise<KafkaPort> {
  return open[driver](addresses.split(','));
}
