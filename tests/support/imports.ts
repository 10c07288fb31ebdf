import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The files of the site and the runner, by their paths in this repository. */
export const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter(
    (path) =>
      /^(app|lib|drizzle|runner)\//.test(path) &&
      !path.startsWith('drizzle/migrations/') &&
      ts.sys.fileExists(join(root, path)),
  );

/** `target`: a path of this repository or the name of a package. `types`: the import is of types only. */
export type Import = { readonly target: string; readonly types: boolean };

const known = new Map<string, Import[]>();

/** What a file imports, as TypeScript reads it: static and dynamic imports, exports from elsewhere, types. */
export function importsOf(path: string): Import[] {
  const found = known.get(path) ?? parsed(path);
  known.set(path, found);
  return found;
}

function parsed(path: string): Import[] {
  const file = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const visit = (node: ts.Node) => {
    const at = (text: ts.Node | undefined, types: boolean) => {
      if (text && ts.isStringLiteralLike(text)) found.push({ target: resolved(path, text.text), types });
    };
    if (ts.isImportDeclaration(node)) at(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
    else if (ts.isExportDeclaration(node)) at(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node))
      at(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (
      ts.isCallExpression(node) &&
      (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require')
    )
      at(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function resolved(from: string, specifier: string): string {
  if (specifier.startsWith('@/')) return specifier.slice(2);
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier));
  return builtinModules.includes(specifier) ? `node:${specifier}` : specifier;
}
