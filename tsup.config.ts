import { defineConfig } from 'tsup';

export const folders: readonly string[] = [
  'core',
  'math',
  'stats',
  'market',
  'hedge',
  'stationarity',
  'signals',
  'simulate',
  'pairs',
];

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    ...Object.fromEntries(folders.map((folder) => [folder, `src/${folder}/index.ts`])),
    ndarray: 'src/adapters/ndarray/index.ts',
  },
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  // Shared chunks in both formats, or an error thrown by one subpath is no instance of another subpath's class.
  splitting: true,
  treeshake: false,
  sourcemap: true,
  clean: true,
  dts: true,
  noExternal: ['pure-rand'],
});
