import { describe, expect, it } from 'vitest';
import { soak } from '../support/soak.js';

describe('a feed against an exchange with every fault', () => {
  for (const seed of [2, 3, 5]) {
    it(`gets every trade of seed ${seed} once, in order, or hears of it by name`, async () => {
      const { traded, received, missing, wrong, counts, violations, socketsLeft } = await soak({
        ...{ seed, trades: 20_000, hours: 8, pausing: seed === 3 },
      });
      expect(wrong).toEqual([]);
      expect(received + missing).toBe(traded);
      expect(missing / traded).toBeLessThan(0.05);
      expect(Object.values(violations).reduce((sum, count) => sum + count)).toBe(0);
      expect(socketsLeft).toBe(0);
      expect(counts.mostWaiting).toBeLessThanOrEqual(1000);
      expect(counts.filled).toBeGreaterThan(5000);
    });
  }
});
