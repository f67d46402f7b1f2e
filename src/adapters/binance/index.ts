export type { Feed, FeedCounts, FeedStatus, GapEvent, StatusEvent } from './events.js';
export type { Endpoints, Market } from './market.js';
export type {
  DepthMessage,
  KlineMessage,
  Level,
  Message,
  OtherMessage,
  QuoteMessage,
  RefusalMessage,
  ReplyMessage,
  ShutdownMessage,
  Side,
  SnapshotMessage,
  TradeMessage,
} from './message.js';
export type { BinanceOptions } from './options.js';
export { type BookOutcome, OrderBook } from './order-book.js';
export { parseFrame, parseMessage } from './parse-frame.js';
export {
  type BinanceBar,
  type BinanceTrade,
  parseAggTrades,
  parseKlines,
  parseSnapshot,
} from './parse-rest.js';
export { type BinanceTradeEvent, type BinanceTradesOptions, binanceTrades } from './trades.js';
export type { Fetch, Socket, SocketClass } from './transport.js';
