/** The drivers that are tried. */
export const drivers = ['@platformatic/kafka', 'kafkajs'] as const;

export type DriverName = (typeof drivers)[number];
