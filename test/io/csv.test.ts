import fc from 'fast-check';
import {
  type BarRecord,
  barsFromCsv,
  barsToCsv,
  columnsFromCsv,
  columnsToCsv,
  csvRows,
  DataError,
  fromJsonLines,
  OptionError,
  type TradeRecord,
  tradesFromCsv,
  tradesToCsv,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';

async function all<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const list: Value[] = [];
  for await (const value of values) list.push(value);
  return list;
}

/** A text in pieces, cut anywhere, as bytes. */
function* cut(text: string, sizes: readonly number[]): Generator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  for (let k = 0; at < bytes.length; k++) {
    const size = sizes[k % Math.max(sizes.length, 1)] ?? bytes.length;
    yield bytes.slice(at, at + size);
    at += size;
  }
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 8 });
const double = fc.oneof(
  fc.double(),
  fc.constantFrom(NaN, -0, 0, 5e-324, 1.7976931348623157e308, 0.1 + 0.2, 1723161255000.123),
);

describe('csvRows', () => {
  it('reads quotes, commas, line breaks and a byte-order mark, wherever the text is cut', async () => {
    const field = fc.string({ maxLength: 8 }).map((text) => `${text}",\n é€😀`.slice(0, 6));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(field, field), { maxLength: 8 }), sizes, async (rows, chosen) => {
        const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
        const text = ['\u{feff}a,b', ...quoted].join('\r\n');
        const read = await all(csvRows(cut(text, chosen)));
        expect(read.map(({ fields }) => [fields['a'], fields['b']])).toEqual(rows);
      }),
    );
  });

  it('passes over empty lines and needs no line break at the end', async () => {
    const rows = await all(csvRows('a,b\n\n1,2\n\n3,4'));
    expect(rows).toEqual([
      { row: 1, fields: { a: '1', b: '2' } },
      { row: 2, fields: { a: '3', b: '4' } },
    ]);
    expect(await all(csvRows(''))).toEqual([]);
  });

  it('names the row that has a field too few, and a column named twice', async () => {
    await expect(all(csvRows('a,b\n1,2\n3\n'))).rejects.toThrow(
      'csvRows: row 2 must have 2 fields, received 1',
    );
    await expect(all(csvRows('a,a\n1,2\n'))).rejects.toThrow("received 'a' twice");
  });

  it('hands on rows before the text has ended', async () => {
    async function* endless(): AsyncGenerator<string> {
      yield 'a\n';
      for (let i = 0; ; i++) yield `${i}\n`;
    }
    const rows = csvRows(endless());
    for (let i = 0; i < 100; i++) expect((await rows.next()).value.fields.a).toBe(String(i));
    await rows.return(undefined);
  });
});

describe('text that others wrote', () => {
  it('may end its lines in any way, mixed, wherever it is cut', async () => {
    const text = 'a,b\n1,2\r\n3,4\r5,"6\r\n7"\r\n';
    for (let size = 1; size < text.length; size++) {
      const rows = await all(csvRows(cut(text, [size])));
      expect(rows.map(({ fields }) => [fields['a'], fields['b']])).toEqual([
        ['1', '2'],
        ['3', '4'],
        ['5', '6\r\n7'],
      ]);
    }
  });

  it('may have a quote inside a field that is not quoted', async () => {
    const rows = await all(csvRows('name,v\n5" pipe,1\n"two\nlines",2\n'));
    expect(rows.map(({ fields }) => fields['name'])).toEqual(['5" pipe', 'two\nlines']);
  });

  it('is refused where a quote does not close', async () => {
    await expect(all(csvRows('name,note\na,"x\nb,y\nc,z\n'))).rejects.toThrow(/row 1 has a quote/);
  });

  it('may name a column as an object names its parts', async () => {
    const columns = await columnsFromCsv('constructor,__proto__\n1,2\n');
    expect(Object.keys(columns)).toEqual(['constructor', '__proto__']);
  });
});

describe('columns as CSV', () => {
  it('come back to the last bit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(double, double), { minLength: 1 }), sizes, async (rows, chosen) => {
        const columns = { time_ms: rows.map(([a]) => a), 'equity, usd': rows.map(([, b]) => b) };
        const text = [...columnsToCsv(columns)].join('');
        const read = await columnsFromCsv(cut(text, chosen));
        expect(read).toEqual({
          time_ms: Float64Array.from(columns.time_ms),
          'equity, usd': Float64Array.from(columns['equity, usd']),
        });
      }),
    );
  });

  it('come back where one column alone has something missing, and where there are no rows', async () => {
    expect(await columnsFromCsv([...columnsToCsv({ z: [1, NaN, 2] })].join(''))).toEqual({
      z: Float64Array.of(1, NaN, 2),
    });
    expect(await columnsFromCsv('a,b\n')).toEqual({ a: new Float64Array(), b: new Float64Array() });
  });

  it('name the field that is no number', async () => {
    await expect(columnsFromCsv('a,b\n1,2\n3,x\n')).rejects.toThrow(
      "columnsFromCsv: row 2: b is 'x', no number",
    );
    await expect(columnsFromCsv('a\n0x10\n')).rejects.toThrow(DataError);
    expect(() => [...columnsToCsv({ a: [1], b: [1, 2] })]).toThrow('received a 1, b 2');
  });
});

describe('trades and bars as CSV', () => {
  const trade: fc.Arbitrary<TradeRecord> = fc
    .tuple(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      double,
      double,
      fc.option(fc.string({ minLength: 1 })),
    )
    .map(([time, price, quantity, id]) => ({ time, price, quantity, ...(id === null ? {} : { id }) }));

  it('come back to the last bit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(trade), sizes, async (trades, chosen) => {
        const text = [...tradesToCsv(trades)].join('');
        expect(await all(tradesFromCsv(cut(text, chosen)))).toEqual(trades);
      }),
    );
    const bar: BarRecord = {
      time: -5,
      open: 1,
      high: 3,
      low: 0.1,
      close: 2,
      volume: NaN,
      count: 2,
      vwap: -0,
    };
    expect(await all(barsFromCsv([...barsToCsv([bar])].join('')))).toEqual([bar]);
  });

  it('are read under the names and in the unit of the file', async () => {
    const columns = { quantity: 'qty', id: 'trade_id' };
    const text = 'trade_id,price,qty,time_us,is_buyer_maker\n7,61556.5,0.01,1723161255000123,True\n';
    expect(await all(tradesFromCsv(text, { columns }))).toEqual([
      { time: 1723161255000.123, price: 61556.5, quantity: 0.01, id: '7' },
    ]);
    const dated = 'open_time,open,high,low,close,volume\n2023-03-01 00:00:00+00:00,5,6,4,5,0.5\n';
    const bars = barsFromCsv(dated, { columns: { time: 'open_time' }, timeUnit: 'date' });
    expect(await all(bars)).toEqual([
      { time: Date.UTC(2023, 2, 1), open: 5, high: 6, low: 4, close: 5, volume: 0.5, count: 0, vwap: NaN },
    ]);
  });

  it('are read in UTC where a date has no zone, and not where it is no date', async () => {
    const at = async (text: string): Promise<number> => {
      const trades = tradesFromCsv(`time,price,quantity\n${text},1,1\n`, { timeUnit: 'date' });
      return (await all(trades))[0]!.time;
    };
    expect(await at('2024-08-08T23:54:15')).toBe(Date.UTC(2024, 7, 8, 23, 54, 15));
    expect(await at('2024-08-08 23:54:15.5 UTC')).toBe(Date.UTC(2024, 7, 8, 23, 54, 15, 500));
    expect(await at('2024-08-08T23:54:15+0200')).toBe(Date.UTC(2024, 7, 8, 21, 54, 15));
    await expect(at('5')).rejects.toThrow("time is '5'");
  });

  it('keep the symbol where there is one, and hand over a row of too few fields', async () => {
    const tape = [
      { time: 0, price: 1, quantity: 2, symbol: 'BTC' },
      { time: 1, price: 1, quantity: 2, id: '7', symbol: 'ETH' },
    ];
    expect(await all(tradesFromCsv([...tradesToCsv(tape)].join('')))).toEqual(tape);
    const bad: string[] = [];
    const onBad = ({ row, reason }: { row: number; reason: string }): number => bad.push(`${row} ${reason}`);
    const good = await all(tradesFromCsv('time,price,quantity\n1,2\n3,4,5\n', { onBad }));
    expect(good).toEqual([{ time: 3, price: 4, quantity: 5 }]);
    expect(bad).toEqual(['1 must have 3 fields, received 2']);
  });

  it('name the row that cannot be read, or hand it over and go on', async () => {
    const text = 'time,price,quantity\n1,2,3\nsoon,2,3\n4,abc,3\n5,,3\n';
    await expect(all(tradesFromCsv(text))).rejects.toThrow("tradesFromCsv: row 2: time is 'soon'");
    const bad: string[] = [];
    const good = await all(
      tradesFromCsv(text, { onBad: ({ row, reason }) => bad.push(`${row}: ${reason}`) }),
    );
    expect(bad).toEqual(["2: time is 'soon'", "3: price is 'abc'"]);
    expect(good).toEqual([
      { time: 1, price: 2, quantity: 3 },
      { time: 5, price: NaN, quantity: 3 },
    ]);
  });

  it('refuse a file without a column that must be there, and options they do not know', async () => {
    await expect(all(tradesFromCsv('time,price\n1,2\n'))).rejects.toThrow(
      'tradesFromCsv: there must be a column quantity, received time, price',
    );
    await expect(all(tradesFromCsv('t,price,quantity\n1,2,3\n'))).rejects.toThrow(OptionError);
    await expect(all(tradesFromCsv('', { timeUnit: 'm' as never }))).rejects.toThrow(
      "timeUnit must be one of 's'",
    );
    await expect(all(tradesFromCsv('', { columns: { prize: 'p' } as never }))).rejects.toThrow(
      'did you mean price?',
    );
  });
});

describe('JSON lines', () => {
  it('name the line that is none', async () => {
    await expect(all(fromJsonLines('{"a":1}\n\n{a:2}\n'))).rejects.toThrow(
      'fromJsonLines: line 3 must be JSON',
    );
  });
});

describe('units in the header', () => {
  it('stand in brackets and are read past', async () => {
    const trades = [{ time: 5, price: 20.5, quantity: 1, id: '7' }];
    const text = [...tradesToCsv(trades, { units: { price: 'USDT', quantity: 'BTC, lots' } })].join('');
    expect(text.split('\n')[0]).toBe('time_ms,price [USDT],"quantity [BTC, lots]",id');
    expect(await all(tradesFromCsv(text))).toEqual(trades);
    const bar = { time: 0, open: 1, high: 2, low: 1, close: 2, volume: 5, count: 3, vwap: 1.5 };
    const bars = [...barsToCsv([bar], { units: { price: 'USDT', volume: 'BTC' } })].join('');
    expect(bars.split('\n')[0]).toBe(
      'time_ms,open [USDT],high [USDT],low [USDT],close [USDT],volume [BTC],count,vwap [USDT]',
    );
    expect(await all(barsFromCsv(bars))).toEqual([bar]);
  });

  it('say how the time is written', async () => {
    const read = await all(tradesFromCsv('time [us],price [USD],quantity\n1723161255000123,1,2\n'));
    expect(read).toEqual([{ time: 1723161255000.123, price: 1, quantity: 2 }]);
  });

  it('are texts without brackets, of columns that are there', () => {
    const first = (options: object): unknown => tradesToCsv([], options).next();
    expect(() => first({ units: { price: 'a]' } })).toThrow('units.price must be a text without brackets');
    expect(() => first({ units: { price: 3 } })).toThrow(OptionError);
    expect(() => first({ units: { volume: 'BTC' } })).toThrow(OptionError);
    expect(() => first({ unit: {} })).toThrow(OptionError);
  });
});
