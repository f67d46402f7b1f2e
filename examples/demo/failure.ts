/** The data cannot be used: one line that says where and why. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** The command line cannot be understood: one line that says what to change. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
