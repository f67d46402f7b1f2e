/** The drivers that are tried. */
export const drivers = ['@platformatic/kafka'] as const;

export type DriverName = (typeof drivers)[number];
