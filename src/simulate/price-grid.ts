/** The multiple of `tickSize` nearest to a price, as the double nearest to its decimal: 0.3, never 0.30000000000000004. */
export function priceGrid(tickSize: number): (price: number) => number {
  const ticksPerUnit = Math.round(1 / tickSize);
  const dividesOne = Math.abs(ticksPerUnit * tickSize - 1) < 1e-9;
  return (price) => {
    const ticks = Math.round(price / tickSize);
    return dividesOne ? ticks / ticksPerUnit : ticks * tickSize;
  };
}
