export const HELP = `Looks at a pair the way a trader does: hedge ratio, stationarity, half-life, z-score, position.

  npm run demo                              a simulated pair, from its ticks
  npm run demo -- Y.csv X.csv [options]     two files of trades, or two of daily prices
  npm run demo -- PAIR.csv [options]        one file of daily prices with two price columns

Files are CSV, plain or gzip. Trades: trade_id,price,qty,time_ms. Prices: Date,Price or Date,EWA,EWC.
Other columns are ignored. Trade ids that are whole numbers must run upwards; of others only a repeat in the next row
is seen. Files larger than memory are fine: they are streamed.

  --y NAME, --x NAME   the price column of each leg            (the first that fits)
  --every 1s           length of a bar made from trades: 500ms, 1s, 5m, 4h, 1d, or milliseconds
  --from DATE          first day or moment, such as 2015-01-01 or 2024-08-08T23:55:00Z
  --to DATE            last day (all of it) or moment
  --prices raw|log     hedge the prices or their logarithms    (raw)
  --window 60          bars the z-score looks back on
  --enter 2            |z| at which a position is opened
  --exit 0.5           |z| at which it is closed
  --stop N             |z| at which it is given up             (never)
  --history 200000     newest bars kept for the analysis
  --seed 1             of the simulated pair
  --out FILE.html      where the page goes                     (report/…)
  --json               print the numbers in full instead of the report
  --help               this text
`;
