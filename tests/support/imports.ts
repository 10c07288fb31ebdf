import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';

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
      existsSync(join(root, path)),
  );

/** `target`: a path of this repository or the name of a package. `types`: the import is of types only. */
export type Import = { readonly target: string; readonly types: boolean };

const known = new Map<string, Import[]>();

/** What a file imports: static and dynamic imports, exports from elsewhere, types. */
export function importsOf(path: string): Import[] {
  const found = known.get(path) ?? parsed(path);
  known.set(path, found);
  return found;
}

function parsed(path: string): Import[] {
  const { program, errors } = parseSync(path, readFileSync(join(root, path), 'utf8'));
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const found: Import[] = [];
  const add = (source: { readonly value?: unknown } | null | undefined, types: boolean) => {
    if (typeof source?.value === 'string') found.push({ target: resolved(path, source.value), types });
  };
  new Visitor({
    ImportDeclaration: ({ source, importKind }) => add(source, importKind === 'type'),
    ExportNamedDeclaration: ({ source, exportKind }) => add(source, exportKind === 'type'),
    ExportAllDeclaration: ({ source, exportKind }) => add(source, exportKind === 'type'),
    TSImportType: ({ source }) => add(source, true),
    ImportExpression: ({ source }) => add('value' in source ? source : null, false),
    CallExpression: ({ callee, arguments: [first] }) => {
      if (callee.type === 'Identifier' && callee.name === 'require' && first && 'value' in first) add(first, false);
    },
  }).visit(program);
  return found;
}

function resolved(from: string, specifier: string): string {
  if (specifier.startsWith('@/')) return specifier.slice(2);
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier));
  return builtinModules.includes(specifier) ? `node:${specifier}` : specifier;
}
