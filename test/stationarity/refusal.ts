import type { DataError } from 'hedgerow';

/** The reason and words of the refusal. */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    const { reason, message } = error as DataError;
    return `${reason}: ${message}`;
  }
  return 'accepted';
}
