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
export { type BookOutcome, OrderBook } from './order-book.js';
export { parseFrame, parseMessage } from './parse-frame.js';
export {
  type BinanceBar,
  type BinanceTrade,
  parseAggTrades,
  parseKlines,
  parseSnapshot,
} from './parse-rest.js';
