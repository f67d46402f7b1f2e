export {
  type BinanceBarEvent,
  type BinanceBarsOptions,
  type BinanceInterval,
  binanceBars,
} from './bars.js';
export { type BinanceBook, type BinanceDepthEvent, type BinanceDepthOptions, binanceDepth } from './depth.js';
export type { Feed, FeedCounts, FeedStatus, GapEvent, StatusEvent } from './events.js';
export { type BarHistoryOptions, binanceHistory, type TradeHistoryOptions } from './history.js';
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
export { only } from './only.js';
export type { BinanceOptions } from './options.js';
export { type BookOutcome, OrderBook } from './order-book.js';
export { parseFrame, parseMessage } from './parse-frame.js';
export {
  type BinanceBar,
  parseAggTrades,
  parseKlines,
  parseSnapshot,
} from './parse-rest.js';
export { type BinanceQuote, type BinanceQuoteEvent, binanceQuotes } from './quotes.js';
export {
  type ArchiveKind,
  type ArchiveOptions,
  binanceArchive,
  binanceRecording,
  type RecordedMessage,
} from './recorded.js';
export { type BinanceTrade, tradeOf } from './trade.js';
export { type BinanceTradeEvent, type BinanceTradesOptions, binanceTrades } from './trades.js';
export type { Fetch, Socket, SocketClass } from './transport.js';
