import { checkInteger, checkOptions, checkWindow } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import { type Json, open, type Snapshot } from '../core/snapshot.js';

/** How far a rolling statistic looks back. */
export interface RollingOptions {
  /** Observations in the window, the current one included; live at most 67,108,864. */
  readonly window: number;
  /** Observations that must not be missing for a reading; the window's length unless said. */
  readonly minimum?: number;
}

/** The checked options, every one filled in. */
export function checkRolling(who: string, options: RollingOptions): Required<RollingOptions> {
  checkOptions(who, options, ['window', 'minimum']);
  const window = checkInteger(who, 'window', options.window);
  const minimum = checkInteger(who, 'minimum', options.minimum ?? window);
  if (minimum > window) {
    throw new OptionError(`${who}: minimum must be at most the window of ${window}, received ${minimum}`);
  }
  return { window, minimum };
}

/** The checked options of a live form, which holds its window in memory before anything has come. */
export function checkLive(who: string, options: RollingOptions): Required<RollingOptions> {
  const checked = checkRolling(who, options);
  checkWindow(who, 'window', checked.window);
  return checked;
}

/** The same readings of a series of `length` from no more memory than that takes: a window that it never fills ends nowhere. */
export function shortened(
  { window, minimum }: Required<RollingOptions>,
  length: number,
): Required<RollingOptions> {
  return { window: Math.min(window, length + 2), minimum: Math.min(minimum, length + 2) };
}

/** A sliding window that can be kept and taken up again. */
interface Sliding extends Required<RollingOptions> {
  save(): { [key: string]: Json };
  load(state: { readonly [key: string]: Json }): void;
}

/** The snapshot of a rolling statistic: its options, whether it was ready, and its window. */
export function saveRolling(kind: string, sliding: Sliding, ready: boolean): Snapshot {
  const { window, minimum } = sliding;
  return { kind, version: 1, state: { window, minimum, ready, sliding: sliding.save() } };
}

/** The checked state of {@link saveRolling}: options to construct with, and what goes back into the window. */
export function openRolling(kind: string, snapshot: Snapshot): RollingState {
  const { window, minimum, ready, sliding } = open(snapshot, kind, 1);
  if (typeof ready !== 'boolean' || typeof sliding !== 'object' || sliding === null) {
    throw new DataError('unreadable', `${kind}.from: the snapshot has no window in it`);
  }
  const options = { window: window as number, minimum: minimum as number };
  return { options, ready, sliding: sliding as { readonly [key: string]: Json } };
}

interface RollingState {
  readonly options: Required<RollingOptions>;
  readonly ready: boolean;
  readonly sliding: { readonly [key: string]: Json };
}
