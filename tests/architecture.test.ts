import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/**
 * Who may import what. The first rule whose `files` match decides. A target is a path of this repository or the name of
 * a package.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'], {
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

type Rule = { files: RegExp; may: RegExp; typesOnly?: RegExp };
const contract = /^lib\/contract\//;
const benchmark = 'lib\\/(contract|catalog|scoring|studies)\\/';
const rules: Rule[] = [
  { files: contract, may: /^(lib\/contract\/|zod$|acorn$|fflate$|canonicalize$)/, typesOnly: /^@tensorflow\/tfjs$/ },
  { files: /^lib\/(catalog|scoring)\//, may: /^(lib\/(contract|catalog|scoring)\/|zod$)/ },
  { files: /^lib\/studies\//, may: /^(lib\/(contract|catalog|scoring|studies)\/|zod$)/ },
  { files: /^lib\/auth\.ts$/, may: /^(lib\/|next-auth|next\/|react$|node:|server-only$)/ },
  {
    files: /^lib\/db\/client\.ts$/,
    may: /^(lib\/|drizzle\/|drizzle-orm|@electric-sql\/pglite|pg$|@vercel\/postgres$|node:|server-only$)/,
  },
  { files: /^lib\/db\//, may: /^(lib\/|drizzle\/schema|drizzle-orm|zod$|node:|react$|server-only$)/ },
  { files: /^lib\//, may: /^(lib\/|next\/|next$|react|zod$|server-only$|node:)/ },
  { files: /^drizzle\//, may: /^(drizzle\/|drizzle-orm|drizzle-kit)/, typesOnly: contract },
  {
    files: /^app\//,
    may: /^(app\/|lib\/(?!db\/client)|next\/|next$|react|zod$|@fontsource|server-only$|@observablehq\/plot$)/,
  },
  {
    files: /^runner\/train\/tf\.ts$/,
    may: new RegExp(`^(runner\\/|${benchmark}|@tensorflow\\/|node:)`),
  },
  { files: /^runner\/(train\/engine\/bundle|commands\/bench)\.ts$/, may: /^(runner\/|esbuild$|node:)/ },
  { files: /^runner\/(build|antidote)\.mjs$/, may: /^(runner\/|dist\/|esbuild$|node:)/ },
  {
    files: /^runner\/defenses\/(modules|parts)\//,
    may: /^runner\/defenses\/parts\//,
    typesOnly: /^lib\/contract\/defense/,
  },
  { files: /^runner\/defenses\/examples\//, may: /^$/ },
  {
    files: /^runner\//,
    may: new RegExp(`^(runner\\/|${benchmark}|zod$|commander$|node:)`),
    typesOnly: /^@tensorflow\/tfjs$/,
  },
];

/** One door for each outside thing. */
const doors: [what: string, is: RegExp, door: RegExp][] = [
  ['next-auth', /^next-auth/, /^lib\/auth\.ts$|^app\/.*\/(auth-session|session-provider)\.tsx$/],
  [
    'a database driver',
    /^(@electric-sql\/pglite|pg|@vercel\/postgres|drizzle-orm\/(pglite|node-postgres|vercel-postgres))/,
    /^lib\/db\/client\.ts$/,
  ],
  ['TensorFlow.js', /^@tensorflow\//, /^runner\/train\/tf\.ts$/],
];

type Import = { target: string; types: boolean };

function importsOf(path: string): Import[] {
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

describe('the table of imports', () => {
  it.each(rules)('holds for $files', (rule) => {
    const wrong = sources
      .filter((path) => rules.find(({ files }) => files.test(path)) === rule)
      .flatMap((path) =>
        importsOf(path)
          .filter(
            ({ target, types }) =>
              !rule.may.test(target) && !(types && rule.typesOnly?.test(target)) && !/\.css$/.test(target),
          )
          .map(({ target }) => `${path} imports ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it('has a rule for every source', () =>
    expect(sources.filter((path) => !rules.some(({ files }) => files.test(path)))).toEqual([]));
});

describe('one door for each outside thing', () => {
  it.each(doors)('%s', (_, is, door) => {
    const others = sources.filter(
      (path) => !door.test(path) && importsOf(path).some(({ target, types }) => !types && is.test(target)),
    );
    expect(others).toEqual([]);
  });

  it('process.env', () => {
    const readers = sources.filter((path) =>
      /\bprocess\.env\b/.test(readFileSync(join(root, path), 'utf8').replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '')),
    );
    expect(readers.filter((path) => !['lib/env.ts', 'runner/host/env.ts'].includes(path))).toEqual([]);
  });
});

it('the program that starts the site knows it as a process only', () => {
  expect(
    importsOf('runner/start/start.ts').filter(({ target }) =>
      /^(app|lib\/(?!contract\/|catalog\/|scoring\/)|drizzle)/.test(target),
    ),
  ).toEqual([]);
});

it('.env.example lists the variables that are read, all of them and no others', () => {
  const listed = readFileSync(join(root, '.env.example'), 'utf8').match(/^[A-Z_]+(?==)/gm);
  const read = readFileSync(join(root, 'lib/contract/environment.ts'), 'utf8')
    .match(/^ {2}([A-Z_]+)(?=:)/gm)
    ?.map((name) => name.trim());
  expect(new Set(listed)).toEqual(new Set(read));
});
