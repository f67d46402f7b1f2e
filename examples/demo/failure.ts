/** The data cannot be used: one line that says where and why. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** The command line cannot be understood: one line that says what to change. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A signal came while something half done had to be put away. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(readonly signal: number) {
    super(`interrupted by signal ${signal}`);
  }
}
