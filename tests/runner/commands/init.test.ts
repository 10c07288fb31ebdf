import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectDir } from '../../../runner/host/dist.ts';
import { antidote } from '../../support/command-line.ts';

let folder: string;
beforeAll(async () => {
  mkdirSync(join(projectDir, 'tests/.out'), { recursive: true });
  folder = mkdtempSync(join(projectDir, 'tests/.out/init-'));
  await antidote(['init', 'mine'], {}, folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const complaints = (name: string) => {
  const strict = ['--allowJs', '--checkJs', '--strict', '--noEmit', '--skipLibCheck', '--allowImportingTsExtensions'];
  const modules = ['--target', 'es2022', '--module', 'nodenext', '--moduleResolution', 'nodenext'];
  const words = ['--ignoreConfig', ...strict, ...modules, join(folder, 'mine', name)];
  return spawnSync(process.execPath, [join(projectDir, 'node_modules/typescript/bin/tsc'), ...words], {
    encoding: 'utf8',
  }).stdout;
};

it.each(['filter.mjs', 'shape.mjs', 'train.mjs'])(
  '%s, as init writes it, has types: an editor knows what it is given',
  (name) => {
    expect(complaints(name)).toBe('');
  },
);

it('a method that does not exist is noticed', () => {
  appendFileSync(
    join(folder, 'mine', 'shape.mjs'),
    "\n/** @type {import('antidote').ShapeDefense} */\nexport const wrong = { shape: (step) => step.nope() };\n",
  );
  expect(complaints('shape.mjs')).toContain("'nope' does not exist");
});
