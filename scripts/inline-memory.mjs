/**
 * Writes the kernel's memory accessors out for the JavaScript engine: `getF(p, i)` becomes `doubles[(p >> 3) + (i)]`.
 * Engines inline only so much into one function; the kernel's loops have more accessor calls than that, and ran two
 * to three times slower for it. WebAssembly needs no such help: `asc` inlines them.
 */
import { readFile } from 'node:fs/promises';
import ts from 'typescript';

const views = {
  getF: { view: 'doubles', shift: 3 },
  setF: { view: 'doubles', shift: 3 },
  getI: { view: 'words', shift: 2 },
  setI: { view: 'words', shift: 2 },
};

function element(factory, { view, shift }, base, index) {
  const address = factory.createBinaryExpression(
    factory.createParenthesizedExpression(
      factory.createBinaryExpression(
        factory.createParenthesizedExpression(base),
        ts.SyntaxKind.GreaterThanGreaterThanToken,
        factory.createNumericLiteral(shift),
      ),
    ),
    ts.SyntaxKind.PlusToken,
    factory.createParenthesizedExpression(index),
  );
  return factory.createElementAccessExpression(factory.createIdentifier(view), address);
}

function transformer(context) {
  const { factory } = context;
  const visit = (node) => {
    const seen = ts.visitEachChild(node, visit, context);
    if (!ts.isCallExpression(seen) || !ts.isIdentifier(seen.expression)) return seen;
    const access = views[seen.expression.text];
    if (access === undefined) return seen;
    const [base, index, value] = seen.arguments;
    const place = element(factory, access, base, index);
    return value === undefined ? place : factory.createAssignment(place, value);
  };
  return (source) => ts.visitNode(source, visit);
}

/** An esbuild plugin for the files under `folder`. */
export const inlineMemory = (folder) => ({
  name: 'inline-memory',
  setup(builder) {
    builder.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (!path.startsWith(folder)) return undefined;
      const source = ts.createSourceFile(path, await readFile(path, 'utf8'), ts.ScriptTarget.ES2022, true);
      const { transformed } = ts.transform(source, [transformer]);
      const text = ts.createPrinter().printFile(transformed[0]);
      const memory = `${'../'.repeat(path.slice(folder.length + 1).split('/').length - 1) || './'}memory`;
      return { contents: `import { doubles, words } from '${memory}';\n${text}`, loader: 'ts' };
    });
  },
});
