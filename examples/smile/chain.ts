/** A chain as a vendor's file has it, made into what `impliedVolatilities` reads. */
export interface Chain {
  readonly type: ('call' | 'put')[];
  readonly spot: Float64Array;
  readonly strike: Float64Array;
  readonly years: Float64Array;
  readonly price: Float64Array;
}

const DAY = 86_400_000;

/** Reads comma-separated text, whatever its columns are called; `spot` is for files that do not have it. */
export function readChain(text: string, spot: number): Chain {
  const [header, ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const rows = lines.map((line) => line.split(','));
  const names = header!.split(',');
  const find = (...known: string[]): number => names.findIndex((name) => known.includes(name));
  const need = (what: string, ...known: string[]): number => {
    const place = find(...known);
    if (place < 0) throw new Error(`no column tells the ${what}: one of ${known.join(', ')} is needed`);
    return place;
  };
  const number = (place: number): Float64Array =>
    Float64Array.from(rows, (row) => (row[place] === '' ? NaN : Number(row[place])));

  const side = need('type', 'type', 'putCall', 'callput', 'option_type');
  const underlying = find('underlying_close', 'spot');
  return {
    type: rows.map((row) => (/^(c|1$)/i.test(row[side]!) ? 'call' : 'put')),
    spot: underlying < 0 ? new Float64Array(rows.length).fill(spot) : number(underlying),
    strike: number(need('strike', 'strike', 'strikePrice', 'K')),
    years: yearsOf(),
    price: pricesOf(),
  };

  function yearsOf(): Float64Array {
    const days = find('daysToExpiration');
    if (days >= 0) return number(days).map((count) => count / 365);
    const expiry = find('expiry');
    const date = find('date');
    if (expiry < 0 || date < 0) return number(need('time', 'years', 'time', 'daysToExpiration', 'expiry'));
    return Float64Array.from(
      rows,
      (row) => (Date.parse(row[expiry]!) - Date.parse(row[date]!)) / (365 * DAY),
    );
  }

  function pricesOf(): Float64Array {
    const mid = find('mid', 'price', 'settlement');
    if (mid >= 0) return number(mid);
    const bid = number(need('price', 'bid', 'bid_close'));
    const ask = number(need('price', 'ask', 'ask_close'));
    return bid.map((price, i) => (price + ask[i]!) / 2);
  }
}
