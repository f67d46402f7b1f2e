import { binanceTrades, type FeedCounts } from 'hedgerow/binance';

/** Where the exchange is; put in by the bundler. */
declare const EXCHANGE: string;
declare const FIRST: number;
declare const WANTED: number;

/** What the page has to tell. */
export interface FeedReport {
  readonly ids: readonly number[];
  readonly gaps: number;
  readonly statuses: readonly string[];
  readonly counts: FeedCounts;
}

const feed = binanceTrades({
  ...{ symbols: ['BTCUSDT'], market: 'spot', from: { BTCUSDT: FIRST - 1 } },
  endpoints: { stream: `ws://${EXCHANGE}`, rest: `http://${EXCHANGE}` },
});
const ids: number[] = [];
const statuses: string[] = [];
let gaps = 0;
for await (const event of feed) {
  if (event.type === 'status') statuses.push(event.status);
  else if (event.type === 'gap') gaps++;
  else ids.push(event.id);
  if (ids.length === WANTED) break;
}
const report: FeedReport = { ids, gaps, statuses, counts: { ...feed.counts } };
const element = document.createElement('pre');
element.id = 'report';
element.textContent = JSON.stringify(report);
document.body.append(element);
