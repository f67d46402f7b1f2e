import { checkRecord } from './checks.js';
import { DataError } from './errors.js';
import type { NumericView } from './series.js';

/** Refuses a view that is none, or that would read beyond its data. */
export function checkView(who: string, name: string, view: NumericView): void {
  const { data, shape, stride, offset } = checkRecord(who, name, view);
  if (typeof data !== 'object' || data === null || !Number.isSafeInteger(data.length)) {
    throw new DataError('unreadable', `${who}: data must be an array of numbers, received ${String(data)}`);
  }
  const isWhole = (list: unknown, least: number): boolean =>
    Array.isArray(list) && list.every((value) => Number.isSafeInteger(value) && value >= least);
  if (!isWhole(shape, 0))
    throw new DataError('unreadable', `${who}: shape must be lengths, received ${String(shape)}`);
  if (!isWhole(stride, -Infinity) || !Number.isSafeInteger(offset)) {
    const received = `received ${String(stride)} and ${String(offset)}`;
    throw new DataError('unreadable', `${who}: stride and offset must be whole numbers, ${received}`);
  }
  if (shape.length !== stride.length) {
    throw new DataError('uneven', `${who}: shape has ${shape.length} axes and stride ${stride.length}`);
  }
  if (shape.some((length) => length === 0)) return;
  const steps = shape.map((length, axis) => (length - 1) * stride[axis]!);
  const first = steps.reduce((at, step) => at + Math.min(step, 0), offset);
  const last = steps.reduce((at, step) => at + Math.max(step, 0), offset);
  if (first >= 0 && last < data.length) return;
  throw new DataError(
    'uneven',
    `${who}: the ${name} reaches from ${first} to ${last} in data of ${data.length}`,
  );
}
