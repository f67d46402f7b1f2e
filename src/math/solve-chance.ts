/**
 * The x > 0 where a chance that rises ('lower') or falls ('upper') with x takes the value wanted, by Newton's method
 * on the logarithm of the chance over ln x. For the gamma and beta families that curve is concave, so Newton's method
 * closes in from one side, and the logarithm keeps the far tails as easy as the middle.
 *
 * `density` is the density of ln X at ln x, so the slope is density / chance.
 */
export function solveChance(
  start: number,
  wanted: number,
  side: 'lower' | 'upper',
  chance: (x: number) => number,
  density: (x: number) => number,
): number {
  const sign = side === 'lower' ? -1 : 1;
  let low = 0;
  let high = Infinity;
  let x = start;
  for (let step = 0; step < 200; step++) {
    const reached = chance(x);
    const error = Math.log(reached / wanted);
    if (error === 0) return x;
    if (error > 0 === (side === 'lower')) high = x;
    else low = x;
    const next = x * Math.exp((sign * error * reached) / density(x));
    if (Math.abs(error) < 1e-8) return next; // the next error is about the square of this one
    // Where the step leaves what is known to hold the answer, halve that instead.
    x =
      next > low && next < high
        ? next
        : high === Infinity
          ? 2 * low
          : low === 0
            ? high / 2
            : middle(low, high);
    if (x === low || x === high) return x;
  }
  return x;
}

function middle(low: number, high: number): number {
  return Math.sqrt(low) * Math.sqrt(high);
}
