// Looks at a column of numbers, where null is a gap. Runs in the page.
(() => {
  /** The lowest and the highest of a stretch. */
  const extremes = (values, from = 0, to = values.length) => {
    let [low, high] = [Infinity, -Infinity];
    for (let i = Math.max(0, from); i < Math.min(values.length, to); i++) {
      if (values[i] !== null && values[i] < low) low = values[i];
      if (values[i] !== null && values[i] > high) high = values[i];
    }
    return { low, high };
  };

  /** A number as a reader expects it. */
  const show = (value) =>
    value === undefined || value === null
      ? '–'
      : Number(value.toPrecision(7)).toLocaleString('en-US', { maximumFractionDigits: 6 }).replace('-', '−');

  globalThis.figures = { extremes, show };
})();
