// Series that test/conformance/make/recipes.py makes alike, bit for bit: 32-bit integers and the four operations.

function noises(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    let total = 0;
    for (let i = 0; i < 4; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      total += state >>> 16;
    }
    return (total - 131072) / 32768;
  };
}

type Step = (x: number, noise: number, t: number) => number;
type Show = (x: number, t: number) => number;

const walk: Step = (x, e) => x + e;
const nearUnitRoot: Step = (x, e) => 0.984375 * x + e;
const whiteNoise: Step = (_, e) => e;
const reverting: Step = (x, e) => 0.5 * x + e;
const illiquid: Step = (x, e, t) => (t % 7 === 3 ? x + e : x);
const asIs: Show = (x) => x;

const KINDS: Readonly<Record<string, readonly [Step, Show]>> = {
  walk: [walk, asIs],
  'near-unit-root': [nearUnitRoot, asIs],
  'white-noise': [whiteNoise, asIs],
  'trend-stationary': [reverting, (x, t) => x + 0.05 * t],
  parabola: [reverting, (x, t) => x + 0.001 * t * t],
  grid: [walk, (x) => Math.floor(100 * (60 + 0.125 * x) + 0.5) / 100],
  'offset-walk': [walk, (x) => 1e9 + x],
  'offset-noise': [whiteNoise, (x) => 1e9 + x],
  smooth: [walk, asIs],
  smoother: [walk, asIs],
  outliers: [walk, (x, t) => (t % 97 === 13 ? x + 1000 : x)],
  'last-outlier': [nearUnitRoot, asIs],
  drift: [walk, (x, t) => 1000 * t + x],
  illiquid: [illiquid, (x) => 20 + x],
  tiny: [nearUnitRoot, (x) => x * 1e-150],
};

/** How often a kind is summed again, each time smoother. */
const SUMS: Readonly<Record<string, number>> = { smooth: 2, smoother: 4 };

/** The doubles of a recipe: a kind of series, the seed of its noise, its length. */
export function recipe(kind: string, seed: number, length: number): Float64Array {
  const [step, show] = KINDS[kind]!;
  const noise = noises(seed);
  const series = new Float64Array(length);
  let x = 0;
  for (let t = 0; t < length; t++) {
    x = step(x, noise(), t);
    series[t] = show(x, t);
  }
  for (let again = SUMS[kind] ?? 0; again > 0; again--) {
    let total = 0;
    for (let t = 0; t < length; t++) {
      total = 0.9375 * total + series[t]!;
      series[t] = total;
    }
  }
  if (kind === 'last-outlier') series[length - 1]! += 1e6;
  return series;
}
