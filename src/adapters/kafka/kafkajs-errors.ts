import { KafkaError, type KafkaReason } from './port.js';

const REASONS: readonly (readonly [RegExp, KafkaReason])[] = [
  [
    /fenced|epoch|UNKNOWN_MEMBER_ID|ILLEGAL_GENERATION|REBALANCE_IN_PROGRESS|INVALID_TXN_STATE|not in.*state/i,
    'fenced',
  ],
  [/does not host this topic|UNKNOWN_TOPIC/i, 'missing-topic'],
  [/TOO_LARGE|larger than/i, 'too-large'],
  [/OFFSET_OUT_OF_RANGE/i, 'out-of-range'],
  [/connect|closed|timed? ?out|coordinator|leader|broker|disconnected/i, 'unreachable'],
];

/** What kafkajs says went wrong, in the words of the port. */
export function named(what: string, error: unknown): KafkaError {
  if (error instanceof KafkaError) return error;
  const { type, message, cause } = error as { type?: string; message: string; cause?: Error };
  const said = `${type ?? ''} ${message} ${cause?.message ?? ''}`;
  const [, reason] = REASONS.find(([words]) => words.test(said)) ?? [undefined, 'refused' as const];
  return new KafkaError(reason, `hedgerow/kafka: ${what}: ${type ?? message}`, error);
}

export async function saying<Result>(what: string, task: () => Promise<Result>): Promise<Result> {
  try {
    return await task();
  } catch (error) {
    throw named(what, error);
  }
}
