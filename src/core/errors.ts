/** The root of every error hedgerow throws on purpose. Match on `name`: it is the same across ESM and CJS copies. */
export class HedgerowError extends Error {
  override readonly name: string = 'HedgerowError';
}

/** An option is missing, misspelt or out of range. */
export class OptionError extends HedgerowError {
  override readonly name: string = 'OptionError';
}

/** What is wrong with the data. */
export type DataReason =
  | 'too-short'
  | 'uneven'
  | 'not-finite'
  | 'degenerate'
  | 'disordered'
  | 'unreadable'
  // Prices that no volatility explains:
  | 'below-intrinsic'
  | 'above-bound'
  | 'no-time-value'
  | 'invalid';

/** The data cannot carry the answer asked for; `reason` says which way. */
export class DataError extends HedgerowError {
  override readonly name: string = 'DataError';
  readonly reason: DataReason;

  constructor(reason: DataReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** What is wrong with a feed. */
export type FeedReason =
  | 'bad-message'
  | 'unknown-symbol'
  | 'refused'
  | 'limited'
  | 'banned'
  | 'region'
  | 'firewall'
  | 'unreachable'
  | 'overflow'
  | 'in-use'
  | 'fenced'
  | 'missing-topic'
  | 'partition-count'
  | 'too-large'
  | 'out-of-range';

/** An adapter met a bad message, a ban or a closed door; `reason` says which. */
export class FeedError extends HedgerowError {
  override readonly name: string = 'FeedError';
  readonly reason: FeedReason;

  constructor(reason: FeedReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
