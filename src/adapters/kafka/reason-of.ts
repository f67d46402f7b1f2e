import type { KafkaError, KafkaReason } from './port.js';

/** Why Kafka did not do it, where that is what an error says. It goes by the name, which is the same in every copy of this package. */
export function reasonOf(error: unknown): KafkaReason | undefined {
  const { name, reason } = (error ?? {}) as Partial<KafkaError>;
  return name === 'KafkaError' ? (reason as KafkaReason) : undefined;
}
