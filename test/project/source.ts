import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The project's folder, with a slash at its end. */
export const root: string = fileURLToPath(new URL('../../', import.meta.url));

const generated =
  /^(\.git|node_modules|dist|coverage|report|docs\/reference)(\/|$)|\/node_modules\/|\.(tgz|log)$/;

/** Every file under a folder of the project that is written by hand, as a path from the project's folder. */
export function filesUnder(folder: string, ending: RegExp = /./): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .map((entry) => ({ entry, path: relative(root, join(root, folder, entry.name)) }))
    .filter(({ path }) => !generated.test(path))
    .flatMap(({ entry, path }) => (entry.isDirectory() ? filesUnder(path, ending) : path))
    .filter((path) => ending.test(path))
    .sort();
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The package's own description of itself. */
export const manifest = JSON.parse(textOf('package.json')) as {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** What a module asks for: `from` as written, types and re-exports included. */
export function importsOf(path: string): string[] {
  const { importedFiles } = ts.preProcessFile(textOf(path), true, true);
  return importedFiles.map(({ fileName }) => fileName);
}

/** The source file a relative import leads to. */
export function followed(importer: string, from: string): string {
  return join(dirname(importer), from).replace(/\.js$/, '.ts');
}

/** The folder of `src` a file is in; '' for the root's own index. */
export function folderOf(path: string): string {
  const parts = relative('src', path).split('/');
  return parts.length > 1 ? parts[0]! : '';
}

/** The folders that list public names, each with its subpath: `stats`, `adapters/ndarray` as `ndarray`. */
export const folders: readonly { readonly folder: string; readonly subpath: string }[] = filesUnder(
  'src',
  /\/index\.ts$/,
)
  .map((path) => relative('src', dirname(path)))
  .filter((folder) => folder !== '')
  .map((folder) => ({ folder, subpath: folder.replace(/^adapters\//, '') }));

/** One name of a folder's or the root's list. */
export interface PublicName {
  readonly name: string;
  readonly kind: 'class' | 'function' | 'value' | 'type';
  readonly declaration: ts.Declaration;
}

const config = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  root,
);
const program = ts.createProgram(config.fileNames, config.options);
const checker = program.getTypeChecker();

function kindOf(symbol: ts.Symbol, declaration: ts.Declaration): PublicName['kind'] {
  if (symbol.flags & ts.SymbolFlags.Class) return 'class';
  if (!(symbol.flags & ts.SymbolFlags.Value)) return 'type';
  return checker.getTypeOfSymbolAtLocation(symbol, declaration).getCallSignatures().length > 0
    ? 'function'
    : 'value';
}

/** The names an index exports, in alphabetical order. */
export function publicNames(index: string): PublicName[] {
  const module = checker.getSymbolAtLocation(program.getSourceFile(join(root, index))!);
  return (module ? checker.getExportsOfModule(module) : [])
    .map((alias) => {
      const symbol = alias.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(alias) : alias;
      const declaration = symbol.declarations![0]!;
      return { name: alias.name, kind: kindOf(symbol, declaration), declaration };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Where a declaration stands, as `src/stats/mean.ts:12`. */
export function placeOf(declaration: ts.Declaration): string {
  const file = declaration.getSourceFile();
  return `${relative(root, file.fileName)}:${file.getLineAndCharacterOfPosition(declaration.getStart()).line + 1}`;
}
