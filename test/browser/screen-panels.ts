import type { Panel, ScreenPairsOptions } from 'hedgerow';

/** Panels of whole numbers and halves, the same in every engine: one complete, one ragged with a hole. */
export function panels(): (readonly [Panel, ScreenPairsOptions])[] {
  let state = 99;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 16) / 65536 - 0.5;
  };
  const panel: Record<string, Float64Array> = {};
  for (let j = 0; j < 30; j++) {
    let price = 100 + j;
    panel[`s${j}`] = Float64Array.from({ length: 200 }, () => {
      price += next();
      return price;
    });
  }
  const ragged = {
    ...panel,
    s4: panel['s4']!.slice().fill(NaN, 0, 50),
    s5: panel['s5']!.slice().fill(NaN, 70, 71),
  };
  return [
    [panel, {}],
    [ragged, { order: 'both', lags: 'aic' }],
  ];
}
