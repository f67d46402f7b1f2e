import { join } from 'node:path';
import ts from 'typescript';
import { folders, publicNames, root } from './source.js';

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, 'tsconfig.test.json'), ts.sys.readFile).config,
  ts.sys,
  root,
);

/** `import { … } from 'hedgerow'` of every name there is, as the examples of doc comments see them. */
function everyName(): string {
  const adapters = folders.filter(({ folder }) => folder.startsWith('adapters/'));
  return [{ folder: '', subpath: '' }, ...adapters]
    .map(({ folder, subpath }) => {
      const names = publicNames(join('src', folder, 'index.ts')).map(({ name, kind }) =>
        kind === 'type' ? `type ${name}` : name,
      );
      return `import { ${names.join(', ')} } from '${join('hedgerow', subpath)}';`;
    })
    .join('\n');
}

/** What `$import` gives for each subpath, and what `$check` and `$throws` take. */
const given = [
  ...['hedgerow', ...folders.map(({ subpath }) => `hedgerow/${subpath}`)].map(
    (path) => `declare function $import(name: '${path}'): Promise<typeof import('${path}')>;`,
  ),
  'declare function $check(actual: unknown, literal: string): void;',
  'declare function $throws(code: () => unknown, error: string): void;',
].join('\n');

/** What the compiler has to say of pieces of code, each the body of an async function, in a strict project. */
export function complaints(bodies: Readonly<Record<string, string>>): string[] {
  const head = `${everyName()}\n${given}\nasync function example(): Promise<void> {`;
  const texts = new Map(
    Object.entries(bodies).map(([place, body], i) => [
      join(root, `test/project/example-${i}.ts`),
      { place, text: `${head}\n${body}\n}\nexport { example };` },
    ]),
  );
  const strict: ts.CompilerOptions = {
    ...options,
    noUnusedLocals: false,
    noUnusedParameters: false,
    noUncheckedIndexedAccess: false,
  };
  const host = ts.createCompilerHost(strict);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.getSourceFile = (name, language, ...rest) => {
    const text = texts.get(name)?.text;
    return text === undefined
      ? getSourceFile(name, language, ...rest)
      : ts.createSourceFile(name, text, language);
  };
  const program = ts.createProgram([...texts.keys()], strict, host);
  return [...texts].flatMap(([name, { place }]) => {
    const file = program.getSourceFile(name)!;
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}
