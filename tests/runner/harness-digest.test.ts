import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { SnapshotRow } from '../../lib/contract/snapshot.ts';
import { harnessDigest, publishedAs, runtimeDigests } from '../../runner/harness-digest.mjs';
import { distPath, projectDir } from '../../runner/host/dist.ts';
import { built } from '../support/built.ts';

/** dist/ as built, but for these files. */
const dist = (changes: Record<string, string> = {}) =>
  new Map([
    ...readdirSync(distPath(), { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(distPath(path)).isFile())
      .map((path) => [path, readFileSync(distPath(path))] as const),
    ...Object.entries(changes).map(([path, text]) => [path, Buffer.from(text)] as const),
  ]);

/** The tree with a line more in that file. */
const changed = (path: string): Plugin => ({
  name: 'changed',
  setup(build) {
    const changedPath = join(projectDir, path);
    build.onLoad({ filter: /\.tsx?$/ }, (args) =>
      args.path === changedPath
        ? { contents: `${readFileSync(args.path, 'utf8')}\nglobalThis.changed = 1;\n`, loader: 'ts' }
        : null,
    );
  },
});

/** Without TensorFlow.js, which takes most of the time and is no file of ours. */
const lean: Plugin = {
  name: 'lean',
  setup: (build) => build.onResolve({ filter: /^@tensorflow\// }, ({ path }) => ({ path, external: true })),
};

const digestOf = async (plugins: Plugin[], files = dist()) =>
  (await harnessDigest(projectDir, files, [lean, ...plugins])).digest;

let before: string;
beforeAll(async () => {
  built();
  before = await digestOf([]);
});

describe('the harness digest is another after a change of', () => {
  it.each([
    'runner/craft/attacks/badnets.ts',
    'runner/train/optimizer.ts',
    'runner/trial/run-trial.ts',
    'runner/metrics/index.ts',
    'runner/defenses/controls.ts',
    'runner/jail/outcome.ts',
    'lib/catalog/models/cnn.ts',
  ])('%s', async (path) => expect(await digestOf([changed(path)])).not.toBe(before));

  it.each(['guest.mjs', 'baselines/none.mjs', 'wasm/tfjs-backend-wasm-simd.wasm'])('dist/%s', async (path) =>
    expect(await digestOf([], dist({ [path]: 'other' }))).not.toBe(before),
  );
});

describe('the harness digest is the same after a change of', () => {
  it.each([
    'lib/scoring/score.ts',
    'lib/catalog/attacks/badnets.ts',
    'runner/commands/evaluate.ts',
    'runner/terminal/explain.ts',
    'runner/worker/job.ts',
    'app/ui/words.ts',
    'lib/contract/check.ts',
    'lib/contract/python/kind.ts',
  ])('%s', async (path) => expect(await digestOf([changed(path)])).toBe(before));

  it('the command line as built', async () =>
    expect(await digestOf([], dist({ 'antidote.mjs': 'other' }))).toBe(before));
});

it('the digest that results name is this one, and depends on no page, command, score or word to a person', async () => {
  const { digest, computed, sources } = await harnessDigest(projectDir, dist());
  expect(digest).toBe((JSON.parse(readFileSync(distPath('harness.json'), 'utf8')) as { digest: string }).digest);
  const apart =
    /^(app|drizzle|lib\/(api|db|module-check|scoring|studies)|lib\/catalog\/(attacks|baselines|suites\/.*\.ts)|lib\/[^/]+\.ts|runner\/(cli|client|commands|doctor|lanes|paper|start|terminal|worker))\b/;
  expect(sources.filter((path) => apart.test(path))).toEqual([]);
  expect(sources.length).toBeGreaterThan(100);
  expect(Object.keys(publishedAs)).toEqual([computed]); // a name that is kept goes with the harness it was kept for
});

it.each(['smoke-2', 'core-2'])('every committed row of %s was computed by this very harness', (suite) => {
  const folder = join(projectDir, 'drizzle/snapshots', suite, 'tensorflow');
  const { digest } = JSON.parse(readFileSync(distPath('harness.json'), 'utf8')) as { digest: string };
  const rows = readdirSync(folder).map((file) =>
    SnapshotRow.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter((row) => row.harness.digest !== digest).map(({ baseline }) => baseline)).toEqual([]);
});

describe('the digest of a runtime of Python is another after a change of', () => {
  const locks = { numpy: Buffer.from('a'), torch: Buffer.from('b') };
  const usual = runtimeDigests('sha256:x', dist(), locks);

  it('the harness', () =>
    expect(runtimeDigests('sha256:y', dist(), locks)['python:numpy']).not.toBe(usual['python:numpy']));

  it('the guest', () => {
    const changed = runtimeDigests('sha256:x', dist({ 'python/antidote_host/host.py': 'other' }), locks);
    expect(changed.javascript).toBe(usual.javascript);
    expect(changed['python:numpy']).not.toBe(usual['python:numpy']);
  });

  it('its own lock file, and of no other', () => {
    const changed = runtimeDigests('sha256:x', dist(), { ...locks, numpy: Buffer.from('other') });
    expect(changed['python:numpy']).not.toBe(usual['python:numpy']);
    expect({ ...changed, 'python:numpy': 0 }).toEqual({ ...usual, 'python:numpy': 0 });
  });
});
