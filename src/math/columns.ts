import { checkFiniteSeries } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type NumericView, type Series, toFloat64 } from '../core/series.js';

/** The columns of a list of series, or of a matrix whose rows are observations; all finite and of one length. */
export function readColumns(
  who: string,
  columns: readonly Series[] | NumericView,
  length: number,
): readonly Float64Array[] {
  const read = 'shape' in Object(columns) ? columnsOfView(who, columns as NumericView) : columns;
  if (!Array.isArray(read))
    throw new DataError('unreadable', `${who}: columns must be an array of series or a matrix`);
  return (read as readonly Series[]).map((column, j) => {
    const checked = checkFiniteSeries(who, `columns[${j}]`, column);
    if (checked.length === length) return toFloat64(checked);
    throw new DataError(
      'uneven',
      `${who}: columns must be as long as y, received columns[${j}] ${checked.length}, y ${length}`,
    );
  });
}

function columnsOfView(who: string, { data, shape, stride, offset }: NumericView): readonly Series[] {
  if (shape.length !== 2) {
    throw new DataError(
      'unreadable',
      `${who}: columns must be a matrix, received ${shape.length} dimensions`,
    );
  }
  const [rows, count] = shape as readonly [number, number];
  return Array.from({ length: count }, (_, j) => {
    const column = new Float64Array(rows);
    for (let i = 0; i < rows; i++) column[i] = data[offset + i * stride[0]! + j * stride[1]!]!;
    return column;
  });
}
