import ts from 'typescript';
import { textOf } from './source.js';

/** A piece of documentation that can be run. */
export interface Example {
  /** Where it stands, as `src/stats/mean.ts:12`. */
  readonly place: string;
  readonly code: string;
}

const fence = /^```ts\n([\s\S]*?)^```/gm;

/** The ```ts blocks of a text, each with the line it begins on. */
function blocks(text: string, path: string, firstLine: number): Example[] {
  return [...text.matchAll(fence)].map((match) => {
    const line = firstLine + text.slice(0, match.index).split('\n').length;
    return { place: `${path}:${line}`, code: match[1]! };
  });
}

/** The code blocks of a page. */
export function examplesOfPage(path: string): Example[] {
  return blocks(textOf(path), path, 1);
}

/** The code blocks of every `@example` in a source file. */
export function examplesOfSource(path: string): Example[] {
  const text = textOf(path);
  return [...text.matchAll(/^[ \t]*\/\*\*[\s\S]*?\*\//gm)].flatMap((comment) => {
    const lines = comment[0].split('\n').map((line) => line.replace(/^\s*(\/\*\*|\*\/|\*) ?/, ''));
    const firstLine = text.slice(0, comment.index).split('\n').length;
    const start = lines.findIndex((line) => line.startsWith('@example'));
    if (start < 0) return [];
    const found = blocks(lines.slice(start).join('\n'), path, firstLine + start);
    return found.length > 0 ? found : [{ place: `${path}:${firstLine + start}`, code: '' }];
  });
}

/** A line `expression; // → literal` or `expression; // throws Name: message`, which states what comes out. */
const statement = /\/\/ (→|throws) (.*)$/;

/** An import as statements that can stand inside a block. */
function imported({ importClause, moduleSpecifier }: ts.ImportDeclaration): string {
  const from = moduleSpecifier.getText();
  const bindings = importClause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings)) throw new Error(`only named imports are read: ${from}`);
  const bound: string[] = [];
  const types: string[] = [];
  for (const { propertyName, name, isTypeOnly } of bindings.elements) {
    const original = (propertyName ?? name).text;
    const typeOnly = isTypeOnly || importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    if (!typeOnly) bound.push(original === name.text ? original : `${original}: ${name.text}`);
    // A class is a type too.
    if (typeOnly || /^[A-Z]/.test(original)) types.push(`type ${name.text} = import(${from}).${original};`);
  }
  return `const { ${bound.join(', ')} } = await $import(${from}); ${types.join(' ')}`;
}

/**
 * The code as TypeScript inside an async function that knows `$import(module)` and, called for every line that states
 * what comes out, `$check(actual, literal)` and `$throws(code, error)`.
 */
export function checkable(code: string): string {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true);
  const lines = code.split('\n');
  const checked = new Set<number>();
  const parts = file.statements.map((node) => {
    if (ts.isImportDeclaration(node)) return imported(node);
    const text = node.getText();
    const line = file.getLineAndCharacterOfPosition(node.getEnd()).line;
    const [, mark, outcome] = statement.exec(lines[line]!) ?? [];
    if (outcome === undefined) return text;
    checked.add(line);
    const said = JSON.stringify(outcome);
    if (ts.isExpressionStatement(node)) {
      const expression = node.expression.getText();
      // What is refused at run time often does not compile either.
      return mark === 'throws'
        ? `// @ts-ignore\n$throws(() => ${expression.replaceAll('\n', ' ')}, ${said});`
        : `$check((${expression}), ${said});`;
    }
    if (ts.isVariableStatement(node) && mark === '→') {
      return `${text}\n$check(${node.declarationList.declarations.at(-1)!.name.getText()}, ${said});`;
    }
    throw new Error(`only an expression or a declaration has a value to check: ${text}`);
  });
  const unread = lines.findIndex((line, i) => statement.test(line) && !checked.has(i));
  if (unread >= 0)
    throw new Error(`no statement ends on the line that says what comes out: ${lines[unread]}`);
  return parts.join('\n');
}

/** Blocks of one page as one piece of code, each able to use what those before it declared, and to declare it anew. */
export function nested(examples: readonly Example[]): string {
  return examples.reduceRight((inner, { code }) => `{ ${checkable(code)}\n${inner} }`, '');
}

/** The same in JavaScript, as the body of an async function. */
export function runnable(typescript: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  return ts.transpileModule(`{ ${typescript}\n}`, { compilerOptions }).outputText;
}

/** Half a unit of the last digit printed, but for rounding in the last bits; a whole number is meant exactly. */
function tolerance(printed: string): number {
  const [, decimals = '', exponent = '0'] = /^[\d_]+(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(printed) ?? [];
  const half = decimals === '' && exponent === '0' ? 0 : 0.5 * 10 ** (Number(exponent) - decimals.length);
  return half + Math.abs(Number(printed.replaceAll('_', ''))) * 2e-15;
}

function differs(actual: unknown, literal: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(literal)) return differs(actual, literal.expression);
  if (ts.isNumericLiteral(literal)) {
    return !(Math.abs((actual as number) - Number(literal.text)) <= tolerance(literal.getText()));
  }
  if (ts.isPrefixUnaryExpression(literal))
    return typeof actual !== 'number' || differs(-actual, literal.operand);
  if (ts.isIdentifier(literal)) {
    const known: Readonly<Record<string, unknown>> = { NaN, Infinity, undefined };
    if (!(literal.text in known)) throw new Error(`${literal.text} is no literal`);
    return !Object.is(actual, known[literal.text]);
  }
  if (ts.isArrayLiteralExpression(literal)) {
    const items = actual as ArrayLike<unknown> | null | undefined;
    return (
      typeof items !== 'object' ||
      items?.length !== literal.elements.length ||
      literal.elements.some((element, i) => differs(items[i], element))
    );
  }
  if (ts.isObjectLiteralExpression(literal)) {
    if (typeof actual !== 'object' || actual === null) return true;
    const properties = literal.properties.filter(ts.isPropertyAssignment);
    return (
      Object.keys(actual).length !== properties.length ||
      properties.some(({ name, initializer }) => {
        const key = ts.isStringLiteral(name) ? name.text : name.getText();
        return !Object.hasOwn(actual, key) || differs((actual as Record<string, unknown>)[key], initializer);
      })
    );
  }
  if (ts.isStringLiteral(literal)) return actual !== literal.text;
  const words: Partial<Record<ts.SyntaxKind, unknown>> = {
    [ts.SyntaxKind.TrueKeyword]: true,
    [ts.SyntaxKind.FalseKeyword]: false,
    [ts.SyntaxKind.NullKeyword]: null,
  };
  if (literal.kind in words) return actual !== words[literal.kind];
  throw new Error(`${literal.getText()} is no literal`);
}

/** Whether a value is the one a literal states, numbers to the digits printed. */
export function agrees(actual: unknown, literal: string): boolean {
  const file = ts.createSourceFile('literal.ts', `(${literal})`, ts.ScriptTarget.ES2022, true);
  const [only, ...rest] = file.statements;
  const broken = ts.transpileModule(`(${literal})`, { reportDiagnostics: true }).diagnostics ?? [];
  if (!only || rest.length > 0 || broken.length > 0 || !ts.isExpressionStatement(only)) {
    throw new Error(`no literal: ${literal}`);
  }
  return !differs(actual, only.expression);
}
