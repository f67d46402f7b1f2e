// Draws where positions were opened and closed; the marks shrink as they crowd, so that they never hide the line.
globalThis.drawMarks = (chart, series, pair, color) => {
  const sizes = { roomy: [1, 0.6], busy: [0.6, 0.3], crowded: [0.4, 0] };
  let crowding = 'crowded';
  const marker = ([index, kind]) => ({
    time: pair.time[index],
    position: kind === 'long' ? 'belowBar' : kind === 'short' ? 'aboveBar' : 'inBar',
    shape: kind === 'long' ? 'arrowUp' : kind === 'short' ? 'arrowDown' : 'circle',
    color: color(kind),
    size: sizes[crowding][kind === 'close' ? 1 : 0],
    ...(crowding === 'roomy' && kind !== 'close' && { text: kind }),
  });
  const marks = globalThis.LightweightCharts.createSeriesMarkers(series, []);
  const paint = () => marks.setMarkers(pair.marks.map(marker));
  chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
    if (!range) return;
    const seen = pair.marks.filter(([index]) => index >= range.from && index <= range.to).length;
    const now = seen > 200 ? 'crowded' : seen > 40 ? 'busy' : 'roomy';
    if (now === crowding) return;
    crowding = now;
    paint();
  });
  return paint;
};
