const NUMBER = /^\s*[-+]?[\d.][\deE.+-]*\s*$/;

/** The number a cell holds, or NaN: an empty cell is not 0, and words such as Infinity or 0x10 are no prices. */
export function parseNumber(cell: string): number {
  const value = NUMBER.test(cell) ? Number(cell) : NaN;
  return Number.isFinite(value) ? value : NaN;
}
