const SECOND = 1000;
const UNITS: readonly (readonly [milliseconds: number, name: string])[] = [
  [365.25 * 24 * 3600 * SECOND, 'year'],
  [24 * 3600 * SECOND, 'day'],
  [3600 * SECOND, 'hour'],
  [60 * SECOND, 'minute'],
  [SECOND, 'second'],
];

/** A count with thousands apart. */
export function whole(count: number): string {
  return count.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** A number to some significant digits, never 1.1e+2. */
export function significant(value: number, digits = 6): string {
  if (!Number.isFinite(value) || value === 0) return String(value);
  const size = Math.floor(Math.log10(Math.abs(value)));
  if (size < -5)
    return value
      .toExponential(Math.min(digits, 3) - 1)
      .replace('-', '−')
      .replace('e-', 'e−');
  const text = value.toLocaleString('en-US', {
    maximumSignificantDigits: digits,
    minimumFractionDigits: Math.max(0, Math.min(digits - 1 - size, 4)),
  });
  return text.replace('-', '−');
}

/** A p-value: three decimals, or how small it is. */
export function probability(p: number): string {
  if (Number.isNaN(p)) return 'NaN';
  if (p >= 0.0005) return p.toFixed(p < 0.1 ? 4 : 3);
  return p < 1e-300 ? '< 1e−300' : p.toExponential(1).replace('e-', 'e−');
}

/** Some of something, in the singular when it is one. */
export function counted(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A length of time in the unit that suits it: 13.5 days, 90 seconds. */
export function lasting(milliseconds: number): string {
  const [unit, name] = UNITS.find(([size]) => milliseconds >= 2 * size) ?? [1, 'millisecond'];
  const count = milliseconds / unit;
  const text = count.toLocaleString('en-US', { maximumFractionDigits: count < 100 ? 1 : 0 });
  return `${text} ${name}${text === '1' ? '' : 's'}`;
}

/** What a bar of this length is called: second, minute, 5-minute bar. */
export function barName(every: number): string {
  const unit = UNITS.find(([size, name]) => size === every && name !== 'year');
  if (unit) return unit[1];
  const [size, name] = UNITS.find(([length]) => every % length === 0) ?? [1, 'millisecond'];
  return `${whole(every / size)}-${name} bar`;
}
