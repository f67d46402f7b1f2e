import { checkFiniteSeries, checkSameLength } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type NumericView, type Series, toFloat64 } from '../core/series.js';
import { readColumns } from '../math/columns.js';

/** One to twelve series of finite numbers and of one length, each of which varies. */
export function readSystem(who: string, columns: readonly Series[] | NumericView): readonly Float64Array[] {
  const view = 'shape' in Object(columns);
  const list = view
    ? readColumns(who, columns, (columns as NumericView).shape[0]!)
    : (columns as readonly Series[]);
  if (!Array.isArray(list) || list.length < 1 || list.length > 12) {
    const received = Array.isArray(list) ? list.length : 'none';
    throw new DataError('unreadable', `${who}: columns must be 1 to 12 series, received ${received}`);
  }
  checkSameLength(who, Object.fromEntries(list.map((column, j) => [`columns[${j}]`, column])));
  return list.map((column: Series, j) => {
    const values = toFloat64(checkFiniteSeries(who, `columns[${j}]`, column));
    if (values.length > 0 && values.every((value) => value === values[0]))
      throw new DataError('degenerate', `${who}: columns[${j}] must vary, received ${values[0]} throughout`);
    return values;
  });
}
