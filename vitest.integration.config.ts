import { defineConfig } from 'vitest/config';

// Chromium, and Apache Kafka: a Java 17 and either Maven Central or the cache of an earlier download.
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts', 'test/broker/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
