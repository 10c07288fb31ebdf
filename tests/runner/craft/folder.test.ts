import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Poison } from '../../../lib/contract/attack.ts';
import { Manifest } from '../../../lib/contract/manifest.ts';
import { decodeCell, encodeCell } from '../../../runner/craft/cell.ts';
import { readManifest, verifyFolder, writeManifest } from '../../../runner/craft/manifest.ts';
import { fillWhole } from '../../../runner/craft/staging.ts';

let root: string;
let folder: string;
const paths = ['b/poison.safetensors', 'README.md', 'a.json'];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'antidote-suite-'));
  folder = join(root, 'suite');
  await mkdir(join(folder, 'b'), { recursive: true });
  for (const path of paths) await writeFile(join(folder, path), `content of ${path}`);
});
afterEach(() => rm(root, { recursive: true }));

describe('the manifest', () => {
  it('lists every file by path, sorted, with length and sha256; its own sha256 is the digest', async () => {
    const digest = await writeManifest(folder, 'test-1', paths);
    const { manifest } = await readManifest(folder);
    expect(manifest.files.map(({ path }) => path)).toEqual(['README.md', 'a.json', 'b/poison.safetensors']);
    expect(manifest.files[0]!.bytes).toBe('content of README.md'.length);
    const sum = (path: string) =>
      `sha256:${execFileSync('sha256sum', [join(folder, path)], { encoding: 'utf8' }).slice(0, 64)}`;
    expect(manifest.files[2]!.sha256).toBe(sum('b/poison.safetensors'));
    expect(digest).toBe(sum('manifest.json'));
  });

  it('names each file that is flipped, truncated or missing, and none that it does not know', async () => {
    const digest = await writeManifest(folder, 'test-1', paths);
    await writeFile(join(folder, 'notes.txt'), 'mine');
    expect(await verifyFolder(folder)).toEqual({ differs: [], digest });
    await writeFile(join(folder, 'README.md'), 'content of README.mE');
    await truncate(join(folder, 'a.json'), 3);
    await rm(join(folder, 'b/poison.safetensors'));
    expect((await verifyFolder(folder)).differs).toEqual(['README.md', 'a.json', 'b/poison.safetensors']);
  });

  it.each(['/etc/passwd', '../up', 'a/../../b', 'a/./b', 'a\\b', ''])(
    'refuses the path %j, which may lead out of the folder',
    (path) => {
      const files = [{ path, bytes: 1, sha256: `sha256:${'0'.repeat(64)}` }];
      expect(Manifest.safeParse({ format: 'antidote-suite-1', suite: 'test-1', files }).success).toBe(false);
    },
  );
});

describe('fillWhole', () => {
  const write = (text: string) => (staging: string) => writeFile(join(staging, 'file'), text);

  it('replaces what was there with the whole new folder', async () => {
    await fillWhole(folder, write('new'));
    expect(await readdir(folder)).toEqual(['file']);
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('new');
    expect(await readdir(root)).toEqual(['suite']);
  });

  it('leaves what was there, and nothing else, where filling fails', async () => {
    const failing = fillWhole(folder, async (staging) => {
      await write('half')(staging);
      throw new Error('the disk is full');
    });
    await expect(failing).rejects.toThrow('the disk is full');
    expect(existsSync(join(folder, 'README.md'))).toBe(true);
    expect(await readdir(root)).toEqual(['suite']);
  });

  it('sweeps what a killed process left, and leaves what a living one is filling', async () => {
    const dead = Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }));
    await mkdir(join(root, `suite.building-${dead}`));
    await mkdir(join(root, `suite.building-${process.ppid}`));
    await fillWhole(folder, write('new'));
    expect((await readdir(root)).sort()).toEqual(['suite', `suite.building-${process.ppid}`]);
  });
});

describe('a cell', () => {
  const train = { n: 9, classes: 3, shape: [2, 2, 1], scale: 255, x: new Uint8Array(36), y: new Int32Array(9) };
  const given = { train, drawn: null };
  const labelsOnly: Poison = {
    index: Int32Array.of(5, 2),
    labels: Int32Array.of(1, 0),
    rows: null,
    aim: { attacked: Int32Array.of(0, 1, 2), wanted: null, trigger: null },
  };
  const backdoor: Poison = {
    ...labelsOnly,
    rows: Uint8Array.from({ length: 8 }, (_, at) => at),
    aim: {
      attacked: Int32Array.of(3),
      wanted: Int32Array.of(1),
      trigger: { pixels: Uint8Array.of(0, 0, 0, 9), opacity: Uint8Array.of(0, 0, 0, 255) },
    },
  };
  it.each([
    ['labels only', labelsOnly],
    ['a backdoor', backdoor],
    [
      'an overlay',
      { ...backdoor, rows: null, overlay: { pixels: new Uint8Array(12).fill(7), opacity: new Uint8Array(12).fill(9) } },
    ],
  ])('comes back as it was: %s', (_, poison) => {
    expect(decodeCell(encodeCell(poison, given))).toEqual(poison);
  });
});
