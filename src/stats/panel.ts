import { checkSameLength } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type NumericView, type Series, toFloat64 } from '../core/series.js';
import { checkView } from '../core/view.js';

/** A matrix whose rows are observations and whose columns are the series of these names. */
export interface PanelView extends NumericView {
  readonly names: readonly string[];
}

/** Several series of one length side by side: by name, or as a strided matrix and its names. */
export type Panel = { readonly [name: string]: Series } | PanelView;

/** A panel as columns. */
export interface PanelColumns {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  /** Observations in each column. */
  readonly rows: number;
}

/** The columns of a panel of at least `least` series, without copying where they lie in one piece. */
export function readPanel(who: string, panel: Panel, least: number): PanelColumns {
  if (typeof panel !== 'object' || panel === null || Array.isArray(panel)) {
    throw new DataError('unreadable', `${who}: a panel must be an object of series or a matrix with names`);
  }
  const read = isView(panel) ? columnsOfView(who, panel) : columnsOfRecord(who, panel);
  if (read.names.length >= least) return read;
  throw new DataError('too-short', `${who}: needs at least ${least} series, received ${read.names.length}`);
}

function isView(panel: Panel): panel is PanelView {
  return 'data' in panel && Array.isArray(panel['shape']) && Array.isArray(panel['stride']);
}

function columnsOfRecord(who: string, panel: { readonly [name: string]: Series }): PanelColumns {
  const names = Object.keys(panel);
  const rows = names.length > 0 ? checkSameLength(who, panel) : 0;
  return { names, rows, columns: names.map((name) => toFloat64(panel[name]!)) };
}

function columnsOfView(who: string, { data, shape, stride, offset, names }: PanelView): PanelColumns {
  const [rows, count] = shape;
  if (shape.length !== 2 || stride.length !== 2) {
    throw new DataError(
      'unreadable',
      `${who}: a panel must be a matrix, received ${shape.length} axes and ${stride.length} strides`,
    );
  }
  if (!Array.isArray(names) || names.length !== count) {
    const received = Array.isArray(names) ? `${names.length}` : String(names);
    throw new DataError('uneven', `${who}: needs ${count} names for ${count} columns, received ${received}`);
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new DataError('unreadable', `${who}: names must differ, received '${twice}' twice`);
  checkView(who, 'panel', { data, shape, stride, offset });
  const [down, across] = stride as readonly [number, number];
  const columns = Array.from({ length: count }, (_, j) => {
    const first = offset + j * across;
    if (down === 1 && data instanceof Float64Array) return data.subarray(first, first + rows!);
    return Float64Array.from({ length: rows! }, (_, i) => data[first + i * down]!);
  });
  return { names, rows: rows!, columns };
}
