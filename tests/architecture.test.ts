import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesIn } from './support/circles.ts';
import { importsOf, root, sources } from './support/imports.ts';

/** Who may import what. The first rule whose `files` match decides. */
type Rule = { files: RegExp; may: RegExp; typesOnly?: RegExp };
const contract = /^lib\/contract\//;
const benchmark = 'lib\\/(contract|catalog|scoring|studies)\\/';
const rules: Rule[] = [
  {
    files: contract,
    may: /^(lib\/contract\/|zod$|acorn$|@astral-sh\/ruff-wasm-web$|fflate$|canonicalize$)/,
    typesOnly: /^@tensorflow\/tfjs$/,
  },
  { files: /^lib\/(catalog|scoring)\//, may: /^(lib\/(contract|catalog|scoring)\/|zod$)/ },
  { files: /^lib\/studies\//, may: /^(lib\/(contract|catalog|scoring|studies)\/|zod$)/ },
  { files: /^lib\/auth\.ts$/, may: /^(lib\/|next-auth|next\/|react$|node:|server-only$)/ },
  {
    files: /^lib\/db\/(client|end-on-panic)\.ts$/,
    may: /^(lib\/|drizzle\/|drizzle-orm|@electric-sql\/pglite|pg$|@vercel\/postgres$|zod$|node:|server-only$)/,
  },
  { files: /^lib\/db\//, may: /^(lib\/|drizzle\/schema|drizzle-orm|zod$|node:|react$|server-only$)/ },
  { files: /^lib\/similarity\.ts$/, may: /^(lib\/contract\/|acorn$)/ },
  { files: /^lib\/api\/standings-parquet\.ts$/, may: /^(lib\/api\/|hyparquet-writer$)/ },
  { files: /^lib\//, may: /^(lib\/|next\/|next$|react|zod$|server-only$|node:)/ },
  { files: /^drizzle\//, may: /^(drizzle\/|lib\/contract\/|drizzle-orm|drizzle-kit)/ },
  {
    files: /^app\/server\//,
    may: /^(app\/server\/|app\/ui\/board-view|lib\/(contract|catalog)\/|lib\/(client-address|page-request|plain-page|api\/allowed-methods)|next$|next\/dist\/server\/app-render\/|node:)/,
  },
  {
    files: /^app\//,
    may: /^(app\/|lib\/(?!db\/client)|next\/|next$|react|zod$|@fontsource|server-only$|@observablehq\/plot$)/,
  },
  {
    files: /^runner\/train\/tf\.ts$/,
    may: new RegExp(`^(runner\\/|${benchmark}|@tensorflow\\/|node:)`),
  },
  { files: /^runner\/(train\/engine\/bundle|commands\/bench)\.ts$/, may: /^(runner\/|esbuild$|node:)/ },
  { files: /^runner\/(build|harness-digest|antidote)\.mjs$/, may: /^(runner\/|dist\/|esbuild$|node:)/ },
  {
    files: /^runner\/defenses\/(modules|parts)\//,
    may: /^runner\/defenses\/parts\//,
    typesOnly: /^lib\/contract\/defense/,
  },
  { files: /^runner\/(defenses|craft\/attacks)\/examples\//, may: /^antidote$/ },
  { files: /^runner\/datasets\//, may: new RegExp(`^(runner\\/|${benchmark}|zod$|fflate$|node:)`) },
  {
    files: /^runner\//,
    may: new RegExp(`^(runner\\/|${benchmark}|lib\\/module-check\\/check-text|zod$|commander$|node:)`),
    typesOnly: /^@tensorflow\/tfjs$/,
  },
];

/** One door for each outside thing. */
const doors: [what: string, is: RegExp, door: RegExp][] = [
  ['next-auth', /^next-auth/, /^lib\/auth\.ts$|^app\/.*\/(auth-session|session-provider)\.tsx$/],
  [
    'a database driver',
    /^(@electric-sql\/pglite|pg|@vercel\/postgres|drizzle-orm\/(pglite|node-postgres|vercel-postgres))/,
    /^lib\/db\/(client|end-on-panic)\.ts$/,
  ],
  ['TensorFlow.js', /^@tensorflow\//, /^runner\/train\/tf\.ts$/],
];

/**
 * The folders from top to bottom. A file imports from its own folder and from those below it, never from one above, and
 * types are no exception. A file that stands alone in its folder's row counts as a folder.
 */
const floors = ['app', 'lib/api', 'lib', 'lib/studies', 'lib/scoring', 'lib/catalog', 'lib/contract'] as const;
const runnerFloors = [
  'runner/cli.ts',
  'runner/command-line',
  'runner/commands',
  'runner/lanes',
  'runner/terminal',
  'runner/start',
  'runner/worker',
  'runner/client',
  'runner/doctor',
  'runner/trial',
  'runner/paper',
  'runner/craft',
  'runner/metrics',
  'runner/defenses',
  'runner/jail',
  'runner/train',
  'runner/datasets',
  'runner/random',
  'runner/host',
  'runner/errors.ts',
  'runner/plain-text.ts',
  ...floors.slice(floors.indexOf('lib/studies')),
];

/** How far below the top a path lies, by the longest name that it begins with; undefined for what is on no floor. */
function floorOf(path: string, names: readonly string[]): number | undefined {
  const own = names.filter((name) => path === name || path.startsWith(`${name}/`));
  const name = own.sort((a, b) => b.length - a.length)[0];
  return name === undefined ? undefined : names.indexOf(name);
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

describe('imports lead down', () => {
  it.each([
    ['in the site', floors],
    ['in the runner', runnerFloors],
  ])('%s', (_, names) => {
    const upward = sources.flatMap((path) => {
      const floor = floorOf(path, names);
      return importsOf(path)
        .filter(({ target }) => floor !== undefined && (floorOf(target, names) ?? floor) < floor)
        .map(({ target }) => `${path} imports ${target}, which is above it`);
    });
    expect(upward).toEqual([]);
  });

  it('has a floor for every source of the runner that others import', () => {
    const imported = new Set(sources.flatMap((path) => importsOf(path).map(({ target }) => target)));
    const without = sources.filter(
      (path) => /^runner\//.test(path) && imported.has(path) && floorOf(path, runnerFloors) === undefined,
    );
    expect(without).toEqual(['runner/build.mjs', 'runner/harness-digest.mjs']);
  });

  it('and never in a circle of files', () => {
    const graph = new Map(sources.map((path) => [path, importsOf(path).map(({ target }) => target)]));
    expect(circlesIn(graph)).toEqual([]);
  });
});

it('a circle of imports is found and named', () => {
  const graph = new Map([
    ['a', ['b', 'zod']],
    ['b', ['c', 'd']],
    ['c', ['a']],
    ['d', []],
    ['e', ['e']],
  ]);
  expect(circlesIn(graph)).toEqual(['a → b → c → a', 'e → e']);
});

it('commands print by one door, which lets nothing through that steers a terminal', () => {
  const printing = /process\.std(?:out|err)\.write|console\.\w+\(/;
  const commands = sources.filter((path) => path.startsWith('runner/commands/'));
  expect(commands.length).toBeGreaterThan(40);
  expect(commands.filter((path) => printing.test(readFileSync(join(root, path), 'utf8')))).toEqual([]);
});

it('only the command layer hears Ctrl-C; all below is handed a signal', () => {
  const others = sources.filter(
    (path) =>
      !/^runner\/(cli\.ts$|(command-line|commands|lanes)\/)/.test(path) &&
      importsOf(path).some(({ target }) => target === 'runner/terminal/interrupt.ts'),
  );
  expect(others).toEqual([]);
});

it('the program that starts the site knows it as a process only', () => {
  expect(
    importsOf('runner/start/start.ts').filter(({ target }) =>
      /^(app|lib\/(?!contract\/|catalog\/|scoring\/)|drizzle)/.test(target),
    ),
  ).toEqual([]);
});

it('pages and the data layer take domain types: only the API and its callers know its JSON', () => {
  const wire = /^lib\/(api\/|contract\/api\.ts$)/;
  const others = sources.filter(
    (path) =>
      /^(app\/(?!api\/|server\/)|lib\/(?!api\/))/.test(path) && importsOf(path).some(({ target }) => wire.test(target)),
  );
  expect(others).toEqual([]);
});

it('no type is forced on a value', () => {
  const forced = sources.filter((path) =>
    /as unknown as|[:<] ?any *[;,)=\]>]/.test(readFileSync(join(root, path), 'utf8')),
  );
  expect(forced).toEqual([]);
});

it('.env.example lists the variables that are read, all of them and no others', () => {
  const listed = readFileSync(join(root, '.env.example'), 'utf8').match(/^[A-Z_]+(?==)/gm);
  const read = readFileSync(join(root, 'lib/contract/environment.ts'), 'utf8')
    .match(/^ {2}([A-Z_]+)(?=:)/gm)
    ?.map((name) => name.trim());
  expect(new Set(listed)).toEqual(new Set(read));
});

it('no comment is wider than the code', () => {
  const frozen = /^runner\/defenses\/(modules|parts)\//; // the sha256 of these texts are published
  const wide = sources
    .filter((path) => !frozen.test(path))
    .flatMap((path) =>
      readFileSync(join(root, path), 'utf8')
        .split('\n')
        .filter((line) => /^(\s+\*|\s*\/\*\*)/.test(line) && line.length > 120)
        .map((line) => `${path}: ${line}`),
    );
  expect(wide).toEqual([]);
});
