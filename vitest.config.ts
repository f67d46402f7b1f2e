import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const src = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

export const alias = [
  { find: /^hedgerow$/, replacement: src('index.ts') },
  { find: /^hedgerow\/(binance|kafka|ndarray|queue)$/, replacement: src('adapters/$1/index.ts') },
  { find: /^hedgerow\/(.+)$/, replacement: src('$1/index.ts') },
];

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/package/**', 'test/browser/**', 'test/broker/**', 'node_modules/**'],
    testTimeout: 60_000,
  },
});
