import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectDir } from '../runner/host/dist.ts';

/** A copy of the tree with one attack and one baseline more, by the files and lines that lib/catalog/README.md names. */
let tree: string;
const read = (path: string) => readFileSync(join(tree, path), 'utf8');
const touched: string[] = [];
const write = (path: string, text: string) => {
  touched.push(path);
  writeFileSync(join(tree, path), text);
};

/** Two lines in a list: the import and the member. */
const list = (path: string, file: string, name: string, id: string) => {
  const member = /^export const \w+ = \{\n/m;
  expect(read(path)).toMatch(member);
  write(
    path,
    `import { ${name} } from './${file}';\n${read(path).replace(member, (line) => `${line}  '${id}': ${name},\n`)}`,
  );
};

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'antidote-tree-'));
  const paths = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: projectDir,
    encoding: 'utf8',
  });
  for (const path of paths.split('\0').filter((one) => one !== '' && !/^(drizzle\/snapshots|public)\//.test(one))) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    cpSync(join(projectDir, path), join(tree, path));
  }
  symlinkSync(join(projectDir, 'node_modules'), join(tree, 'node_modules'));

  write('lib/catalog/attacks/twin-flip.ts', read('lib/catalog/attacks/label-flip.ts').replace('labelFlip', 'twinFlip'));
  list('lib/catalog/attacks/index.ts', 'twin-flip.ts', 'twinFlip', 'twin-flip');
  write(
    'runner/craft/attacks/twin-flip.ts',
    read('runner/craft/attacks/label-flip.ts').replace('labelFlip', 'twinFlip').replace("'label-flip'", "'twin-flip'"),
  );
  list('runner/craft/attacks/index.ts', 'twin-flip.ts', 'twinFlip', 'twin-flip');

  write(
    'lib/catalog/baselines/twin.ts',
    read('lib/catalog/baselines/none.ts').replace('none', 'twin').replace('No defense', 'Twin'),
  );
  list('lib/catalog/baselines/index.ts', 'twin.ts', 'twin', 'twin');
  write('runner/defenses/modules/twin.ts', read('runner/defenses/modules/none.ts'));
}, 120_000);
afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** What a program says, whether it succeeds or not. */
function outputOf(args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, args, { cwd: tree, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return `${stdout}${stderr}`;
  }
}

type Outcome = { numTotalTests: number; testResults: { assertionResults: { fullName: string; status: string }[] }[] };

/** The tests whose name holds the id, by how they ended. */
function testsOf(id: string, file: string): string[] {
  const report = join(tree, 'report.json');
  outputOf(['node_modules/vitest/vitest.mjs', 'run', file, '-t', id, '--reporter=json', `--outputFile=${report}`]);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Outcome;
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ fullName, status }) => fullName.includes(id) && status !== 'skipped')
    .map(({ status }) => status);
}

it('an attack is two files and two lists, a baseline two files and one list', () =>
  expect(touched).toEqual([
    'lib/catalog/attacks/twin-flip.ts',
    'lib/catalog/attacks/index.ts',
    'runner/craft/attacks/twin-flip.ts',
    'runner/craft/attacks/index.ts',
    'lib/catalog/baselines/twin.ts',
    'lib/catalog/baselines/index.ts',
    'runner/defenses/modules/twin.ts',
  ]));

it(
  'the whole tree still has its types: no third table asks for them',
  () => expect(outputOf(['node_modules/typescript/bin/tsc', '--noEmit', '--incremental', 'false'])).toBe(''),
  300_000,
);

it('the attack has every test that attacks have', () => {
  const ended = testsOf('twin-flip', 'tests/runner/craft/attacks/registry.test.ts');
  expect(ended.length).toBeGreaterThan(8);
  expect(new Set(ended)).toEqual(new Set(['passed']));
}, 120_000);

it('the baseline has every test that baselines have', () => {
  outputOf(['runner/build.mjs']);
  const ended = testsOf("'twin'", 'tests/runner/defenses/baselines.test.ts');
  expect(ended.length).toBeGreaterThan(1);
  expect(new Set(ended)).toEqual(new Set(['passed']));
}, 180_000);
