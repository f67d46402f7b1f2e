import { mackinnonPValue } from '../stationarity/mackinnon.js';
import { BLOCK } from '../stats/gram.js';
import { AT, FROM_SUMS } from './screen-figures.js';
import type { Leg } from './screen-leg.js';

/** What the figures may be off by, relative to themselves, before a pair is computed by itself. */
const TOLERANCE = 1e-9;

/** The size of sums whose squares neither overflow nor vanish. */
const isMiddling = (sum: number): boolean => sum > 1e-120 && sum < 1e120;

/** Two legs, and the sums of products of their levels, their changes, and their changes over two steps. */
export interface PairSums {
  readonly y: Leg;
  readonly x: Leg;
  readonly level: number;
  readonly step: number;
  readonly stride: number;
  /** Observations in each leg. */
  readonly rows: number;
}

/**
 * One row of a screen from sums alone, written to `out` from `at` on; false, and nothing to be relied on, where rounding
 * might show.
 *
 * The spread is u = y − ratio · x about its mean. Its sums of squares follow from those of the legs, and since
 * 2·u[t−1]·Δu[t] = u[t]² − u[t−1]² − Δu[t]², products of levels and changes come down to the ends of the spread: the
 * Dickey–Fuller regression with no lag or one takes a fixed number of operations, however long the series.
 */
export function screenFromSums(
  { y, x, level, step, stride, rows }: PairSums,
  lags: 0 | 1,
  out: Float64Array,
  at: number,
): boolean {
  if (!(isMiddling(y.level) && isMiddling(x.level) && isMiddling(y.step) && isMiddling(x.step))) return false;
  const ratio = level / x.level;
  // The most the ratio can be, for bounds on what rounding does: the correlation is at most 1.
  const most = Math.sqrt(y.level / x.level);
  const size = (ofY: number, ofX: number): number => (Math.sqrt(ofY) + most * Math.sqrt(ofX)) ** 2;

  const first = (y.first - ratio * x.first) ** 2;
  const second = (y.second - ratio * x.second) ** 2;
  const last = (y.last - ratio * x.last) ** 2;
  const firstSize = (Math.abs(y.first) + most * Math.abs(x.first)) ** 2;
  const secondSize = (Math.abs(y.second) + most * Math.abs(x.second)) ** 2;
  const lastSize = (Math.abs(y.last) + most * Math.abs(x.last)) ** 2;
  const levels = y.level - ratio * level;
  const levelsSize = 4 * y.level;
  const steps = y.step - 2 * ratio * step + ratio * ratio * x.step;
  const stepsSize = size(y.step, x.step);

  // The half-life: Δu on [1, u] over all steps. The spread sums to 0, so all but its last value sum to minus that.
  const end = y.last - ratio * x.last;
  const start = y.first - ratio * x.first;
  const along = (last - first - steps) / 2;
  const alongSize = (lastSize + firstSize + stepsSize) / 2;
  const pulled = along + (end * (end - start)) / (rows - 1);
  const pulledSize = alongSize + (lastSize + firstSize) / (rows - 1);
  const room = levels - last - last / (rows - 1);
  const pull = pulled / room;

  // The test: Δu on u, without a constant, less what the lagged change explains of both.
  let squares = levels - last;
  let squaresSize = levelsSize + lastSize;
  let products = along;
  let productsSize = alongSize;
  let responses = steps;
  let responsesSize = stepsSize;
  if (lags === 1) {
    const strides = y.stride - 2 * ratio * stride + ratio * ratio * x.stride;
    const stridesSize = size(y.stride, x.stride);
    const firstStep = y.second - y.first - ratio * (x.second - x.first);
    const lastStep = y.last - y.beforeLast - ratio * (x.last - x.beforeLast);
    const beforeLast = (y.beforeLast - ratio * x.beforeLast) ** 2;
    const beforeLastSize = (Math.abs(y.beforeLast) + most * Math.abs(x.beforeLast)) ** 2;
    const past = steps - lastStep * lastStep;
    responses = steps - firstStep * firstStep;
    const pastLevels = (beforeLast - first + past) / 2;
    const pastResponses = (strides - past - responses) / 2;
    const byLevels = pastLevels / past;
    const byResponses = pastResponses / past;
    const pastLevelsSize = (beforeLastSize + firstSize + stepsSize) / 2;
    const pastResponsesSize = (stridesSize + 2 * stepsSize) / 2;
    squares = levels - first - last - byLevels * pastLevels;
    squaresSize += firstSize + 2 * Math.abs(byLevels) * pastLevelsSize + byLevels * byLevels * stepsSize;
    products = (last - second - responses) / 2 - byLevels * pastResponses;
    productsSize =
      (lastSize + secondSize + stepsSize) / 2 +
      Math.abs(byLevels) * pastResponsesSize +
      Math.abs(byResponses) * (pastLevelsSize + Math.abs(byLevels) * stepsSize);
    responses -= byResponses * pastResponses;
    responsesSize += 2 * Math.abs(byResponses) * pastResponsesSize + byResponses * byResponses * stepsSize;
  }
  const gamma = products / squares;
  const residual = responses - gamma * products;
  const residualSize = responsesSize + 2 * Math.abs(gamma) * productsSize + gamma * gamma * squaresSize;
  const freedom = rows - 2 - 2 * lags;
  const statistic = products / Math.sqrt((squares * residual) / freedom);

  const rise = rows - 1;
  const [driftY, driftX] = [(y.last - y.first) / rise, (x.last - x.first) / rise];
  const changeY = y.step - rise * driftY * driftY;
  const changeX = x.step - rise * driftX * driftX;

  // How many times over each figure magnifies a rounding error of a sum.
  const worst = Math.max(
    most / Math.abs(ratio),
    squaresSize / squares,
    productsSize / Math.abs(products),
    residualSize / residual,
    pulledSize / Math.abs(pulled),
    (levelsSize + 2 * lastSize) / room,
    y.step / changeY,
    x.step / changeX,
  );
  const isSound = worst * (BLOCK + rows / BLOCK) * Number.EPSILON < TOLERANCE;
  // Near −1 the logarithm of the half-life magnifies as well. What is NaN compares false.
  if (!(isSound && squares > 0 && residual > 0 && room > 0 && changeY > 0 && changeX > 0 && pull > -0.9)) {
    return false;
  }
  out[at + AT.ratio] = ratio;
  out[at + AT.intercept] = y.mean - ratio * x.mean;
  out[at + AT.correlation] = bounded(level / Math.sqrt(y.level * x.level));
  out[at + AT.changeCorrelation] = bounded((step - rise * driftY * driftX) / Math.sqrt(changeY * changeX));
  out[at + AT.statistic] = statistic;
  out[at + AT.pValue] = mackinnonPValue(statistic, { series: 2 });
  out[at + AT.halfLife] = pull < 0 ? -Math.LN2 / Math.log1p(pull) : Infinity;
  out[at + AT.lags] = lags;
  out[at + AT.observations] = rows;
  out[at + AT.state] = FROM_SUMS;
  return true;
}

function bounded(r: number): number {
  return r > 1 ? 1 : r < -1 ? -1 : r;
}
