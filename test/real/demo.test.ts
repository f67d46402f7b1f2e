import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { demo } from '../../examples/demo/demo.js';
import { expectNear } from '../support/conformance.js';
import { dataFolder } from '../support/market-data.js';

const folder = mkdtempSync(join(tmpdir(), 'hedgerow-demo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(files: readonly string[], ...options: string[]) {
  let [out, error] = ['', ''];
  const page = join(folder, 'page.html');
  const paths = files.map((path) => join(dataFolder!, path));
  const code = await demo([...paths, ...options, '--out', page], {
    out: (text) => (out += text),
    error: (text) => (error += text),
    errorIsTerminal: false,
  });
  return { code, out, error, page };
}

const oil = ['oil/brent_spot_daily.csv', 'oil/wti_spot_daily.csv'];
const ticks = ['crypto/trades_spot_ETHUSDT_20240808.csv.gz', 'crypto/trades_spot_BTCUSDT_20240808.csv.gz'];

// Expected numbers: pandas 3.1.1 and statsmodels 0.15.0 on the same files.
describe.runIf(dataFolder)('the demo on real markets', () => {
  it('finds the Brent and WTI spread stationary over 39 years', async () => {
    const { out, error, page } = await run(oil, '--json');
    expect(error).toBe('');
    const found = JSON.parse(out);
    expect(found.analysed).toBe(9781);
    expectNear(found.ratio, 1.10739816367, 1e-11);
    expectNear(found.intercept, -3.63964642832, 1e-11);
    expectNear(found.hedge.rSquared, 0.9823365078, 1e-10);
    expect([found.adf.lags, found.adf.observations]).toEqual([33, 9747]);
    expectNear(found.adf.statistic, -5.13305089244, 1e-9);
    expectNear(found.adf.pValue, 1.20251e-5, 1e-5);
    expectNear(found.halfLife, 13.469832, 1e-7);
    expectNear(found.zScore, 1.314977594, 1e-9);
    expect(readFileSync(page, 'utf8')).toContain('The spread is stationary at the 1 % level');
  });

  it('finds it stationary over five years', async () => {
    const { out } = await run(oil, '--json', '--from', '2015-01-01', '--to', '2019-12-31');
    const found = JSON.parse(out);
    expect(found.analysed).toBe(1247);
    expectNear(found.ratio, 1.19024366155, 1e-11);
    expect(found.adf.lags).toBe(3);
    expectNear(found.adf.statistic, -3.91187188495, 1e-10);
    expectNear(found.adf.pValue, 0.00194919, 1e-5);
    expectNear(found.halfLife, 7.9514773, 1e-7);
  });

  it('names the day oil cost less than nothing when logarithms are asked for', async () => {
    const { code, error } = await run(oil, '--prices', 'log');
    expect(error).toMatch(
      /wti_spot_daily\.csv row \d+: the price -36\.98 of 2020-04-20 has no logarithm; use --prices raw\n$/,
    );
    expect(code).toBe(1);
  });

  it('counts the trades, seconds and silences of eleven minutes of ether and bitcoin', async () => {
    const { out } = await run(ticks, '--json', '--every', '1s');
    const found = JSON.parse(out);
    expect([found.y.rows, found.y.bars.count, found.y.bars.empty]).toEqual([14515, 651, 41]);
    expect([found.x.rows, found.x.bars.count, found.x.bars.empty]).toEqual([19904, 651, 6]);
    expectNear(found.x.bars.volume, 437.91552, 1e-12);
    expectNear(found.ratio, 0.0273290561949, 1e-10);
    expectNear(found.intercept, 994.756256553, 1e-10);
    expect(found.adf.lags).toBe(1);
    expectNear(found.adf.statistic, -2.39036105854, 1e-10);
    expectNear(found.adf.pValue, 0.144475, 1e-5);
  });

  it('reads the textbook pair of two columns and dates without dashes', async () => {
    const { out, code } = await run(['equities/ewa_ewc_daily_2006_2012.csv'], '--json');
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect([found.y.name, found.x.name, found.analysed]).toEqual(['EWA', 'EWC', 1500]);
    expect(new Date(found.first).toISOString()).toBe('2006-04-26T00:00:00.000Z');
  });

  it('stops at a date that stands twice, as daylight saving left it', async () => {
    const { code, error } = await run(['crypto/daily_close_BTC_ETH_LTC_XRP_2010_2018.csv']);
    expect(error).toMatch(
      /daily_close_BTC_ETH_LTC_XRP_2010_2018\.csv row \d+: repeats the date 2011-03-27\n$/,
    );
    expect(code).toBe(1);
  });
});
