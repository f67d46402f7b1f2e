import type { StatefulOperator } from './operator.js';
import type { KafkaTopic } from './topic.js';
import { jsonTopic } from './topic.js';
import { type KafkaTrade, textField, tradeOf } from './trade-topics.js';

/** A trade on its way to one of the baskets its symbol is in. */
export interface BasketTrade extends KafkaTrade {
  /** The pair, or any set of symbols that are looked at together. */
  readonly basket: string;
}

/**
 * A topic of trades keyed by basket, in JSON with the basket beside the fields of a trade, so that all the legs of a
 * basket share a partition and with it a worker. A number that is missing is null there too.
 *
 * @example
 * ```ts
 * const topic = kafkaBasketTrades('basket-trades');
 * topic.key({ basket: 'WTI/Brent', symbol: 'WTI', time: 0, price: 70, quantity: 1 }); // → 'WTI/Brent'
 * ```
 */
export function kafkaBasketTrades(name: string): KafkaTopic<BasketTrade> {
  return jsonTopic(name, {
    key: ({ basket }: BasketTrade) => basket,
    check: (value) => {
      const fields = (value ?? {}) as { readonly [field: string]: unknown };
      return { basket: textField('basket', fields), ...tradeOf(fields) };
    },
  });
}

/**
 * From symbols to baskets: sends each trade on once for every basket its symbol is in. It is run by {@link runStateful}
 * over a topic of trades, before what looks at baskets, and keeps nothing but its place. The order of a basket's legs is
 * the order in which they were sent on, and is the same for ever after.
 *
 * @example
 * ```ts
 * const operator = basketTrades({ 'WTI/Brent': ['WTI', 'Brent'], 'WTI/gasoline': ['WTI', 'gasoline'] });
 * const sent = operator.create('WTI').push({ symbol: 'WTI', time: 0, price: 70, quantity: 1 });
 * sent.map(({ basket }) => basket); // → ['WTI/Brent', 'WTI/gasoline']
 * ```
 */
export function basketTrades(
  baskets: Readonly<Record<string, readonly string[]>>,
): StatefulOperator<KafkaTrade, BasketTrade> {
  const ofSymbol = new Map<string, string[]>();
  for (const [basket, symbols] of Object.entries(baskets)) {
    for (const symbol of new Set(symbols)) ofSymbol.set(symbol, [...(ofSymbol.get(symbol) ?? []), basket]);
  }
  const kind = 'basket-trades';
  const state = {
    push: (trade: KafkaTrade): BasketTrade[] =>
      (ofSymbol.get(trade.symbol) ?? []).map((basket) => ({ basket, ...trade })),
    snapshot: () => ({ kind, version: 1, state: {} }),
  };
  // There is no state that other baskets could make wrong.
  return { id: kind, version: 1, configuration: null, create: () => state, from: () => state };
}
