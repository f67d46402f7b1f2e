// What must not compile. `npm run types` fails when one of these lines is accepted, or when one of the others is refused.
// Nothing here is run.
import {
  adf,
  type Bar,
  bands,
  type Estimator,
  exponentialMean,
  exponentialVariance,
  halfLife,
  mean,
  ols,
  partialAutocorrelation,
  Resampler,
  resample,
  rolling,
  rollingMean,
  rollingOls,
  type Series,
  type Snapshot,
  tickBars,
  ZScore,
  zScore,
} from 'hedgerow';

declare const series: Series;
declare const pair: { readonly y: Series; readonly x: Series };
declare const snapshot: Snapshot;

// Any series goes in, and is only read.
mean([1, 2, 3]);
mean(Float64Array.of(1, 2, 3));
mean(Float32Array.of(1, 2, 3));
mean([1, 2, 3] as const);
mean(Object.freeze([1, 2, 3]));
// @ts-expect-error: text is no series
mean('123');
// @ts-expect-error: a series of text is none either
mean(['1', '2']);
// @ts-expect-error: a series is written by nobody
series[0] = 1;

// What changes the meaning of time or money has no default, and is named.
rollingMean(series, { window: 3, minimum: 1 });
// @ts-expect-error: no window
rollingMean(series);
// @ts-expect-error: no window
zScore(series, {});
// @ts-expect-error: a window is named, not positional
zScore(series, 3);
// @ts-expect-error: a misspelt option
zScore(series, { windw: 3 });
// @ts-expect-error: a window counts observations
zScore(series, { window: '3d' });
// @ts-expect-error: an option is left out, not set to undefined
rollingMean(series, { window: 3, minimum: undefined });
// @ts-expect-error: no size
tickBars([], {});

// A past that fades has exactly one pace.
exponentialMean(series, { halfLife: 20 });
exponentialVariance(series, { alpha: 0.1, adjust: false, bias: true });
// @ts-expect-error: none
exponentialMean(series, {});
// @ts-expect-error: two
exponentialMean(series, { alpha: 0.1, span: 19 });
// @ts-expect-error: a mean has no bias to correct
exponentialMean(series, { alpha: 0.1, bias: true });

// A summary of your own is all four functions, of one state.
rolling(series, { window: 3, summary: { empty: () => 0, add: Math.max, merge: Math.max, read: (a) => a } });
// @ts-expect-error: nothing says how two stretches come together
rolling(series, { window: 3, summary: { empty: () => 0, add: Math.max, read: (a: number) => a } });

// Two legs are { y, x }, so that nobody has to remember which comes first.
ols(pair);
ols(pair, { intercept: false });
rollingOls(pair, { window: 60 });
// @ts-expect-error: two positional legs
ols(series, series);
// @ts-expect-error: one leg is missing
ols({ y: series });

// Choices are whole words.
adf(series, { trend: 'constant', lags: 'aic' });
// @ts-expect-error: a letter
adf(series, { trend: 'c' });
partialAutocorrelation(series, { lags: 5, method: 'ols' });
// @ts-expect-error: an abbreviation
partialAutocorrelation(series, { lags: 5, method: 'yw' });
// @ts-expect-error: there is no such method
halfLife(series, { method: 'fast' });

// Durations have a unit or are milliseconds.
new Resampler({ every: '5m' });
new Resampler({ every: 300_000 });
// @ts-expect-error: an unknown unit
new Resampler({ every: '5 minutes' });
// @ts-expect-error: no duration
resample([], {});

// Results are read, not written.
// @ts-expect-error: a column of results is the caller's, its name is not
resample([], { every: '1m' }).close = new Float64Array(0);
// @ts-expect-error: a ratio is what came out
ols(pair).ratio = 2;
// @ts-expect-error: the state of an estimator is its own
new ZScore({ window: 3 }).window = 4;

// Estimators fit the one interface; what they hold back is a snapshot of plain JSON.
export const live: Estimator<number, number> = ZScore.from(snapshot);
export const bars: readonly Bar[] = new Resampler({ every: '1m' }).push({ time: 0, price: 1, quantity: 1 });
export const positions: ArrayLike<number> = bands(series, { enter: 2, exit: 0.5 });
// @ts-expect-error: a trade has a price
new Resampler({ every: '1m' }).push({ time: 0, quantity: 1 });
// @ts-expect-error: a snapshot is made by snapshot()
ZScore.from({ window: 3 });
