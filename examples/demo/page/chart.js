// Three panes on one clock: prices, spread, z-score. Runs in the page, after the chart library and its own parts.
(() => {
  const { extremes, show } = globalThis.figures;
  const { createChart, LineSeries, LineStyle } = globalThis.LightweightCharts;
  const pair = JSON.parse(document.getElementById('pair').textContent);
  const box = document.getElementById('chart');
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  const chart = createChart(box, {
    autoSize: true,
    leftPriceScale: { visible: true, minimumWidth: 68 },
    rightPriceScale: { minimumWidth: 68 },
    timeScale: { timeVisible: pair.intraday, secondsVisible: pair.intraday, minBarSpacing: 0.001 },
    crosshair: { mode: 0 },
    localization: { locale: 'en-US' },
  });
  const line = (paneIndex, options) =>
    chart.addSeries(
      LineSeries,
      { lineWidth: 1.5, priceLineVisible: false, crosshairMarkerRadius: 3, ...options },
      paneIndex,
    );
  const y = line(0, { priceScaleId: 'right' });
  const x = line(0, { priceScaleId: 'left' });
  const spread = line(1, {});
  const zScore = line(2, {});
  const fill = (series, values) =>
    series.setData(pair.time.map((time, i) => (values[i] === null ? { time } : { time, value: values[i] })));
  fill(y, pair.y);
  fill(x, pair.x);
  fill(spread, pair.spread);
  fill(zScore, pair.zScore);

  // Enough decimals that the last digit shown still moves.
  for (const [series, values] of [
    [y, pair.y],
    [x, pair.x],
    [spread, pair.spread],
  ]) {
    const { low, high } = extremes(values);
    const precision = high > low ? Math.min(8, Math.max(2, 3 - Math.floor(Math.log10(high - low)))) : 2;
    series.applyOptions({ priceFormat: { type: 'price', precision, minMove: 10 ** -precision } });
  }

  // Both price scales show the same stretch, one in units of y, one in units of x at the hedge ratio:
  // the gap between the lines is the spread.
  const { ratio, intercept } = pair.hedge;
  const common = () => {
    const { from, to } = chart.timeScale().getVisibleLogicalRange() ?? { from: 0, to: pair.time.length };
    const [ys, xs] = [pair.y, pair.x].map((values) => extremes(values, Math.floor(from), Math.ceil(to) + 1));
    const hedged = [xs.low, xs.high].map((price) => intercept + ratio * price);
    return [Math.min(ys.low, ...hedged), Math.max(ys.high, ...hedged)];
  };
  const scaled = (toUnits) => (original) => {
    const range = common().map(toUnits);
    if (!range.every(Number.isFinite)) return original();
    return { ...original(), priceRange: { minValue: Math.min(...range), maxValue: Math.max(...range) } };
  };
  if (pair.hedge.isLinear) {
    y.applyOptions({ autoscaleInfoProvider: scaled((price) => price) });
    x.applyOptions({ autoscaleInfoProvider: scaled((price) => (price - intercept) / ratio) });
    chart.priceScale('left').applyOptions({ invertScale: ratio < 0 });
  }

  const { enter, exit, stop } = pair.levels;
  const levels = [
    [enter, 'enter', LineStyle.Dashed],
    [exit, 'exit', LineStyle.Dotted],
    [stop, 'stop', LineStyle.Solid],
  ].flatMap(([level, title, lineStyle]) =>
    level === undefined
      ? []
      : [...new Set([level, -level])].map((price) =>
          zScore.createPriceLine({
            price,
            title,
            lineStyle,
            lineWidth: 1,
            axisLabelVisible: title !== 'exit',
          }),
        ),
  );
  const zero = spread.createPriceLine({
    price: 0,
    lineStyle: LineStyle.Dotted,
    lineWidth: 1,
    title: '',
    axisLabelVisible: false,
  });

  const paintMarks = globalThis.drawMarks(chart, zScore, pair, color);

  const legends = [0, 1, 2].map(() =>
    box.appendChild(Object.assign(document.createElement('div'), { className: 'legend' })),
  );
  const entry = (hue, name, value) => {
    const item = document.createElement('span');
    const label = Object.assign(document.createElement('b'), { textContent: name });
    label.style.color = color(hue);
    item.append(label, ` ${show(value)}`);
    return item;
  };
  const last = pair.time.length - 1;
  const place = new Map(pair.time.map((time, i) => [time, i]));
  const legend = (index) => {
    legends[0].replaceChildren(
      entry('y', `y  ${pair.names.y}`, pair.y[index]),
      entry('x', `x  ${pair.names.x} (left scale)`, pair.x[index]),
    );
    legends[1].replaceChildren(entry('spread', 'spread', pair.spread[index]));
    legends[2].replaceChildren(entry('score', 'z-score', pair.zScore[index]));
  };
  chart.subscribeCrosshairMove(({ time }) => legend(place.get(time) ?? last));

  const settle = () => {
    // Between the scales, whose width follows their labels.
    const [left, right] = ['left', 'right'].map((side) => `${chart.priceScale(side).width() + 8}px`);
    let top = 6;
    chart.panes().forEach((pane, i) => {
      Object.assign(legends[i].style, { top: `${top}px`, left, right });
      top += pane.getHeight() + 1;
    });
  };
  const paint = () => {
    const grid = { color: color('rule') };
    chart.applyOptions({
      layout: {
        background: { type: 'solid', color: color('ground') },
        textColor: color('soft'),
        panes: { separatorColor: color('rule'), separatorHoverColor: color('panel') },
      },
      grid: { vertLines: grid, horzLines: grid },
      leftPriceScale: { borderColor: color('rule') },
      rightPriceScale: { borderColor: color('rule') },
      timeScale: { borderColor: color('rule') },
    });
    y.applyOptions({ color: color('y') });
    x.applyOptions({ color: color('x') });
    spread.applyOptions({ color: color('spread') });
    zScore.applyOptions({ color: color('score') });
    zero.applyOptions({ color: color('close') });
    for (const level of levels)
      level.applyOptions({ color: color(Math.abs(level.options().price) === exit ? 'close' : 'short') });
    paintMarks();
    legend(last);
  };

  chart.panes().forEach((pane, i) => {
    pane.setStretchFactor([5, 3, 4][i]);
  });
  paint();
  chart.timeScale().fitContent();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
  new ResizeObserver(() => requestAnimationFrame(settle)).observe(box);
  box.addEventListener('pointermove', settle);
})();
