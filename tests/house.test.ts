import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RowKind } from '../lib/contract/ids.ts';
import { projectDir } from '../runner/host/dist.ts';

/** The diffs of CONTRIBUTING.md, by the heading that each stands under. */
const diffs = new Map(
  readFileSync(join(projectDir, 'CONTRIBUTING.md'), 'utf8')
    .split(/^### /m)
    .flatMap((part) => {
      const diff = /^```diff\n(.*?)^```$/ms.exec(part)?.[1];
      return diff ? [[part.slice(0, part.indexOf('\n')), diff] as const] : [];
    }),
);
const touchedBy = (heading: string) =>
  [...diffs.get(heading)!.matchAll(/^\+\+\+ b\/(.*)$/gm)].map(([, path]) => path).sort();

/** A copy of the tree to which all of them were applied. */
let tree: string;

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

  for (const diff of diffs.values())
    execFileSync('git', ['apply', '-'], {
      cwd: tree,
      input: diff,
      env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(tree) },
    });
});
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

it('an attack is two files and two lists, a baseline two files and one list, a metric two files', () => {
  expect(touchedBy('An attack')).toEqual([
    'lib/catalog/attacks/index.ts',
    'lib/catalog/attacks/next-class-flip.ts',
    'runner/craft/attacks/index.ts',
    'runner/craft/attacks/next-class-flip.ts',
  ]);
  expect(touchedBy('A baseline')).toEqual([
    'lib/catalog/baselines/clip-only-c10.ts',
    'lib/catalog/baselines/index.ts',
    'runner/defenses/modules/clip-only-c10.ts',
  ]);
  expect(touchedBy('A metric')).toEqual(['lib/contract/metrics.ts', 'runner/metrics/index.ts']);
});

it(
  'with every diff of CONTRIBUTING.md the whole tree still has its types: no third table asks for them',
  () => expect(outputOf(['node_modules/typescript/bin/tsc', '--noEmit', '--incremental', 'false'])).toBe(''),
  300_000,
);

it('the attack has every test that attacks have', () => {
  const ended = testsOf('next-class-flip', 'tests/runner/craft/attacks/registry.test.ts');
  expect(ended.length).toBeGreaterThan(8);
  expect(new Set(ended)).toEqual(new Set(['passed']));
});

it('the baseline has every test that baselines have', () => {
  outputOf(['runner/build.mjs']);
  const ended = testsOf('clip-only-c10', 'tests/runner/defenses/baselines.test.ts');
  expect(ended.length).toBeGreaterThan(1);
  expect(new Set(ended)).toEqual(new Set(['passed']));
});

it('the metric has every test that metrics have', () => {
  const ended = testsOf('lowestClassAccuracy', 'tests/lib/contract/metrics.test.ts');
  expect(ended.length).toBe(2 + RowKind.options.length);
  expect(new Set(ended)).toEqual(new Set(['passed']));
});
