import { readFileSync } from 'node:fs';
import { type GarchParameters, garch } from 'hedgerow';
import { describe, expect, it } from 'vitest';

/**
 * A file of the 1,974 daily returns of the Deutschmark against the pound, one a line, or gretl's `b-g.gdt`. The series is not
 * kept here: the packages that carry it (Debian's gretl-data, r-cran-fgarch) are under the GPL.
 */
const file = process.env['HEDGEROW_BOLLERSLEV_GHYSELS'];
if (!file) console.warn('HEDGEROW_BOLLERSLEV_GHYSELS is not set: the published GARCH benchmark is skipped');

function returnsOf(path: string): number[] {
  const text = readFileSync(path, 'utf8');
  const rows = text.includes('<obs')
    ? [...text.matchAll(/<obs>([^<]*)<\/obs>/g)].map(([, row]) => row!)
    : text.split('\n');
  return rows.filter((row) => row.trim() !== '').map((row) => Number.parseFloat(row));
}

/** To six significant digits, as the benchmark is printed; its last digit may be cut off instead of rounded. */
function expectPrinted(actual: GarchParameters, printed: GarchParameters, units: number): void {
  for (const name of ['mean', 'omega', 'alpha', 'beta'] as const) {
    const last = 10 ** (Math.floor(Math.log10(Math.abs(printed[name]))) - 5);
    expect(Math.abs(actual[name] - printed[name]) / last, name).toBeLessThanOrEqual(units);
  }
}

// Fiorentini, Calzolari & Panattoni (1996); McCullough & Renfro (1998), "Benchmarks and software standards: a case study of
// GARCH procedures", Journal of Economic and Social Measurement 25, 59–71.
describe.runIf(file)('garch on the Bollerslev–Ghysels benchmark', () => {
  it('has the printed parameters, and standard errors of both kinds', () => {
    const returns = returnsOf(file!);
    expect(returns.length).toBe(1974);
    const fit = garch(returns);
    expect(fit.converged).toBe(true);
    expect(fit.logLikelihood).toBeCloseTo(-1106.6079, 3);
    expectPrinted(fit, { mean: -0.00619041, omega: 0.0107613, alpha: 0.153134, beta: 0.805974 }, 1.01);
    expectPrinted(
      fit.errors,
      { mean: 0.00846212, omega: 0.00285271, alpha: 0.0265228, beta: 0.0335527 },
      1.01,
    );
    expectPrinted(
      fit.robustErrors,
      { mean: 0.00918935, omega: 0.00649319, alpha: 0.0535317, beta: 0.0724614 },
      1.01,
    );
  });
});
