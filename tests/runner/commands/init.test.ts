import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
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
  const options = { allowJs: true, checkJs: true, strict: true, noEmit: true, skipLibCheck: true, types: [] };
  const program = ts.createProgram([join(folder, 'mine', name)], {
    ...options,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
  });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
};

it.each(['filter.mjs', 'shape.mjs', 'train.mjs'])(
  '%s, as init writes it, has types: an editor knows what it is given',
  (name) => {
    expect(complaints(name)).toEqual([]);
  },
);

it('a method that does not exist is noticed', () => {
  appendFileSync(
    join(folder, 'mine', 'shape.mjs'),
    "\n/** @type {import('antidote').ShapeDefense} */\nexport const wrong = { shape: (step) => step.nope() };\n",
  );
  expect(complaints('shape.mjs').join()).toContain("'nope' does not exist");
});
