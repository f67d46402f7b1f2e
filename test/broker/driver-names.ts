/** The drivers that are tried. */
export const drivers = ['@platformatic/kafka', '@confluentinc/kafka-javascript', 'kafkajs'] as const;

export type DriverName = (typeof drivers)[number];
