/** One price of an order book and the size that waits there; a size of 0 takes the price away. */
export type Level = readonly [price: number, quantity: number];

/** Which side came to the market: a buyer who took an offer, or a seller who hit a bid. */
export type Side = 'buy' | 'sell';

/** A trade as a stream says it: an aggregate (`aggTrade`, ids run on by one) or a single print (`trade`). */
export interface TradeMessage {
  readonly type: 'trade';
  readonly stream: 'aggTrade' | 'trade';
  readonly symbol: string;
  readonly id: number;
  /** When it traded, in milliseconds since 1970 UTC, and when the exchange told of it. */
  readonly time: number;
  readonly eventTime: number;
  readonly price: number;
  readonly quantity: number;
  readonly side: Side;
  /** The single prints inside an aggregate. */
  readonly firstId: number;
  readonly lastId: number;
}

/** A candle as it stands; `final` once its time is over. */
export interface KlineMessage {
  readonly type: 'kline';
  readonly symbol: string;
  readonly eventTime: number;
  /** The exchange's word for the length, such as `1m`. */
  readonly interval: string;
  /** Opening, and the last millisecond inside. */
  readonly time: number;
  readonly endTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly quoteVolume: number;
  readonly takerVolume: number;
  readonly takerQuoteVolume: number;
  readonly count: number;
  readonly firstId: number;
  readonly lastId: number;
  readonly final: boolean;
}

/** The best bid and offer. Spot says no time: `time` and `eventTime` are NaN there. */
export interface QuoteMessage {
  readonly type: 'quote';
  readonly symbol: string;
  /** The update of the order book it belongs to. */
  readonly id: number;
  readonly time: number;
  readonly eventTime: number;
  readonly bid: number;
  readonly bidQuantity: number;
  readonly ask: number;
  readonly askQuantity: number;
}

/** The changes of an order book from update `firstId` to `lastId`. */
export interface DepthMessage {
  readonly type: 'depth';
  readonly symbol: string;
  /** Spot says only when it told of it: `time` is NaN there. */
  readonly time: number;
  readonly eventTime: number;
  readonly firstId: number;
  readonly lastId: number;
  /** The last update of the message before, on futures; NaN on spot, where `firstId` runs on by one. */
  readonly previousId: number;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** An order book as it stood after update `id`, best prices first. Spot says no time: NaN there. */
export interface SnapshotMessage {
  readonly type: 'snapshot';
  readonly id: number;
  readonly time: number;
  readonly eventTime: number;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** The server is about to close the connection: open another. */
export interface ShutdownMessage {
  readonly type: 'shutdown';
  readonly eventTime: number;
}

/** The answer to a control message. It is no proof that data will come. */
export interface ReplyMessage {
  readonly type: 'reply';
  readonly id: number | string | null;
  readonly result: unknown;
}

/** A request refused, by its code and in the exchange's words. */
export interface RefusalMessage {
  readonly type: 'refusal';
  readonly id: number | string | null;
  readonly code: number;
  readonly reason: string;
}

/** A well-formed message of a stream that is not read here. */
export interface OtherMessage {
  readonly type: 'other';
  readonly event: string;
}

/** Everything that comes down a market data connection. */
export type Message =
  | TradeMessage
  | KlineMessage
  | QuoteMessage
  | DepthMessage
  | SnapshotMessage
  | ShutdownMessage
  | ReplyMessage
  | RefusalMessage
  | OtherMessage;
