/**
 * Which points to draw when there are too many for a page: in each stretch the highest and the lowest of every series
 * (so no spike is lost), besides the points that must stay and both ends. In order, at most about `limit` of them.
 */
export function thin(
  series: readonly ArrayLike<number>[],
  keep: readonly number[],
  limit: number,
): readonly number[] {
  const length = series[0]!.length;
  if (length <= limit) return Array.from({ length }, (_, i) => i);
  const chosen = new Set<number>([0, length - 1, ...keep]);
  const stretches = Math.max(1, Math.floor((limit - chosen.size) / (2 * series.length)));
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * length) / stretches);
    const to = Math.floor(((stretch + 1) * length) / stretches);
    for (const values of series) {
      let [low, high] = [-1, -1];
      for (let i = from; i < to; i++) {
        const value = values[i]!;
        if (Number.isNaN(value)) continue;
        if (low < 0 || value < values[low]!) low = i;
        if (high < 0 || value > values[high]!) high = i;
      }
      if (low >= 0) chosen.add(low).add(high);
    }
  }
  return [...chosen].sort((a, b) => a - b);
}

/** At most `most` of the items, evenly from the first to the last. */
export function evenly<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => items[Math.round(i * step)]!);
}
