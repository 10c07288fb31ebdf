import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectDir } from '../../../runner/host/dist.ts';
import { dataPath } from '../../../runner/host/places.ts';
import { isAlive, processOf, treeOf } from '../../../runner/jail/process-tree.ts';
import { built } from '../../support/built.ts';
import { eventually } from '../../support/eventually.ts';
import { requires } from '../../support/requires.ts';

let folder: string;
beforeEach(() => {
  built();
  folder = mkdtempSync(join(tmpdir(), 'antidote-ctrl-c-'));
  cpSync(join(projectDir, 'runner/craft/attacks/examples'), folder, { recursive: true });
  symlinkSync(dataPath('datasets'), join(folder, 'datasets'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const halfBuilt = () => readdirSync(folder, { recursive: true }).filter((path) => /\.building-\d+$/.test(String(path)));

describe.runIf(requires('fashion-mnist'))('Ctrl-C is heard while an attack computes without a pause', () => {
  const own = ['./my-suite.json', '--attack', './my-attack.mjs'];
  it.each([
    ['suite build', ['suite', 'build', ...own, '--out', './built'], /Stopped; nothing half-built is kept\.\n$/],
    ['evaluate', ['evaluate', 'none', '--suite', ...own], /\n?$/],
  ])('by %s, which leaves no process and no file', async (_, args, words) => {
    const attack = join(folder, 'my-attack.mjs');
    writeFileSync(attack, readFileSync(attack, 'utf8').replace('const size', 'for (;;); const size'));
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, [join(projectDir, 'runner/antidote.mjs'), ...args], {
      cwd: folder,
      env: { PATH, HOME, ANTIDOTE_DATA: folder } as Record<string, string> as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      err += text;
    });
    const ended = new Promise((done) => child.once('close', done));
    await eventually(() => halfBuilt().length > 0);
    const tree = treeOf(child.pid!).flatMap((pid) => processOf(pid) ?? []);
    child.kill('SIGINT');
    expect([await ended, err]).toEqual([130, expect.stringMatching(words)]);
    expect(tree.filter(isAlive)).toEqual([]);
    expect(halfBuilt()).toEqual([]);
    expect(readdirSync(folder, { recursive: true }).filter((path) => String(path).endsWith('.lock'))).toEqual([]);
  });
});
