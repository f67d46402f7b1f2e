import { existsSync, readdirSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { defineConfig, type Options } from 'tsup';

/** The subpaths: every folder of src, and every adapter, that lists public names. */
const folders = [
  ...readdirSync('src'),
  ...readdirSync('src/adapters').map((adapter) => `adapters/${adapter}`),
].filter((folder) => existsSync(`src/${folder}/index.ts`));

// The modules of dist are the modules of src, one for one, so that every subpath shares one copy of every class
// (`instanceof` holds between them) and a bundler leaves out each module whose names go unused, with all it imports.
// Only what comes from a development dependency is bundled into the module that asks for it.
const oneModuleEach: Plugin = {
  name: 'one-module-each',
  setup({ initialOptions: { format }, onResolve }) {
    const extension = format === 'cjs' ? '.cjs' : '.js';
    onResolve({ filter: /^\.\.?\// }, ({ path, kind, importer }) =>
      kind === 'entry-point' || importer.includes('node_modules')
        ? undefined
        : { path: path.replace(/\.js$/, extension), external: true },
    );
  },
};

// A class that speaks of itself comes out of the bundler as `var ZScore = class _ZScore`, and that is the name a console
// or a profile would show. Without a second name it has its own, and keeps it in the bundles of users.
const ownClassNames: NonNullable<Options['plugins']>[number] = {
  name: 'own-class-names',
  renderChunk(code) {
    const names = new Set([...code.matchAll(/^var (\w+) = class _\1 /gm)].map(([, name]) => name!));
    return {
      code: code
        .replace(/^(var (\w+) = class) _\2 /gm, '$1 ')
        .replace(/\b_([A-Z]\w*)\b/g, (whole, name: string) => (names.has(name) ? name : whole)),
    };
  },
};

export default defineConfig({
  entry: ['src/**/*.ts', '!src/**/*.d.ts'],
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  splitting: false,
  treeshake: false,
  sourcemap: true,
  clean: true,
  dts: {
    entry: Object.fromEntries([
      ['index', 'src/index.ts'],
      ...folders.map((folder) => [`${folder}/index`, `src/${folder}/index.ts`]),
    ]),
  },
  noExternal: ['pure-rand'],
  esbuildPlugins: [oneModuleEach],
  plugins: [ownClassNames],
});
