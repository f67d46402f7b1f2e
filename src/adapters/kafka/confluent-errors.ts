import { KafkaError, type KafkaReason } from './port.js';

// Errors are numbers here: the broker's own, and below −100 those of librdkafka.
const REASONS: Readonly<Record<Exclude<KafkaReason, 'partition-count' | 'refused'>, readonly number[]>> = {
  // Epochs, generations and memberships of the past, a transaction that is none any more, and (−150) a producer that is
  // done for, as after a transaction that the broker undid for taking too long.
  fenced: [-150, -147, -144, -142, 22, 25, 27, 45, 47, 48, 49, 59, 82, 90, 110, 113, 120],
  'missing-topic': [-188, 3, 100],
  'too-large': [10, 18],
  'out-of-range': [-140, 1],
  // No answer, no leader, no coordinator, too few replicas, a transaction undone for want of them (−172), or records of one
  // that did not arrive in time (−149): what may be over in a moment.
  unreachable: [
    -195, -193, -192, -187, -185, -180, -172, -166, -151, -152, -149, 5, 6, 7, 8, 9, 13, 14, 15, 16, 19, 20,
    51, 56, 74, 75, 88,
  ],
};

/** What librdkafka calls an error that no client of its kind recovers from, but a new one may. */
export const FATAL = -150;

/** The number of an error, where it has one. */
export function codeOf(error: unknown): number | undefined {
  return (error as { readonly code?: number } | undefined)?.code;
}

/** What librdkafka says went wrong, in the words of the port. */
export function named(what: string, error: unknown): KafkaError {
  if (error instanceof KafkaError) return error;
  const code = codeOf(error);
  const [reason] = Object.entries(REASONS).find(([, codes]) => codes.includes(code!)) ?? ['refused'];
  const { message } = error as Error;
  return new KafkaError(reason as KafkaReason, `hedgerow/kafka: ${what}: ${message}`, error);
}

export async function saying<Result>(what: string, task: () => Promise<Result>): Promise<Result> {
  try {
    return await task();
  } catch (error) {
    throw named(what, error);
  }
}
