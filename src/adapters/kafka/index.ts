export { type BasketTrade, basketTrades, kafkaBasketTrades } from './basket-trades.js';
export { type ConfluentKafkaOptions, confluentKafka } from './confluent.js';
export type { KafkaSignal } from './host.js';
export { type KafkaJsOptions, kafkaJs } from './kafkajs.js';
export {
  MemoryBroker,
  type MemoryBrokerOptions,
  type MemoryClient,
  type MemoryMember,
  type MemoryOperation,
} from './memory-broker.js';
export type { MemoryTransaction } from './memory-log.js';
export { MemoryPort } from './memory-port.js';
export {
  type EstimatorOperatorOptions,
  estimatorOperator,
  type KeyedState,
  type StatefulOperator,
} from './operator.js';
export { partitionFor } from './partition-for.js';
export type { WarmUpReason } from './partition-state.js';
export { type PlatformaticKafkaOptions, platformaticKafka } from './platformatic.js';
export {
  type KafkaBatch,
  type KafkaCommit,
  KafkaError,
  type KafkaMessage,
  type KafkaPort,
  type KafkaPosition,
  type KafkaRange,
  type KafkaReason,
  type KafkaRecord,
  type KafkaSubscription,
  type KafkaTransaction,
  type TopicPartition,
} from './port.js';
export { runStateful } from './run-stateful.js';
export type {
  PartitionStatus,
  StatefulMode,
  StatefulNotice,
  StatefulOptions,
  StatefulRun,
  StatefulStatus,
} from './stateful-options.js';
export { type JsonTopicOptions, jsonTopic, type KafkaTopic } from './topic.js';
export { readTopic, type TopicValue, type TopicWriter, topicWriter } from './topic-io.js';
export {
  type KafkaBar,
  type KafkaTrade,
  kafkaBars,
  kafkaTrades,
  type MarketTopicOptions,
} from './trade-topics.js';
