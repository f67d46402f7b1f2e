/** Where time comes from, so that a test, or a replay, can bring its own. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** Calls once, after so many milliseconds; what it returns calls it off. */
  after(milliseconds: number, call: () => void): () => void;
}

/** What an `AbortSignal` is to a feed. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

// Of every runtime.
declare function setTimeout(call: () => void, milliseconds: number): unknown;
declare function clearTimeout(timer: unknown): void;

/** The longest wait of `setTimeout`; beyond, it fires at once. */
const LONGEST = 2 ** 31 - 1;

/** The clock on the wall. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, call) {
    let timer: unknown;
    const wait = (left: number): void => {
      timer = setTimeout(left > LONGEST ? () => wait(left - LONGEST) : call, Math.min(left, LONGEST));
    };
    wait(milliseconds);
    return () => clearTimeout(timer);
  },
};
