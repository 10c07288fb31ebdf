import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { distPath, projectDir } from '../../../runner/host/dist.ts';
import type { JailKind, RealJail } from '../../../runner/jail/jail.ts';
import { isAlive, processOf, treeOf } from '../../../runner/jail/process-tree.ts';
import { wasmDir } from '../../../runner/train/tf.ts';
import { built } from '../../support/built.ts';
import { atRest, eventually } from '../../support/eventually.ts';
import { tinyJob } from './tiny-job.ts';

const program = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/hostile/programs/${name}.mjs`, import.meta.url));

/** What a supervisor as a process of its own does not hand on, and does not leave behind when it is killed. */
export const supervision = (jail: RealJail) => {
  const folder = mkdtempSync(join(tmpdir(), 'antidote-supervisor-'));
  const script = join(folder, 'supervisor.mjs');
  const { job, remove } = tinyJob({ code: '' }, 'filter');
  beforeAll(async () => {
    const entry = fileURLToPath(new URL('./supervisor.ts', import.meta.url));
    await build({
      entryPoints: [entry],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'error',
    });
    symlinkSync(join(projectDir, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(job, 'port'), '1');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
    remove();
  });

  /** What still lives of a supervisor's jail when the supervisor was killed. */
  async function survivors(kind: JailKind, ...args: string[]) {
    const child = spawn(process.execPath, [script, kind, ...args], { stdio: 'ignore' });
    const above = kind === 'none' ? 1 : 2; // the supervisor, and bubblewrap
    const guests = () => treeOf(child.pid!).slice(above).map(processOf);
    await eventually(() => guests().length > 0);
    await atRest(kind === 'gvisor' ? 'runsc-sandbox' : args[0]!.split('/').at(-1)!);
    const inside = guests().filter((guest) => guest !== null);
    expect(inside.length).toBeGreaterThan(0);
    expect(inside.every(isAlive)).toBe(true);
    child.kill('SIGKILL');
    await eventually(() => !inside.some(isAlive));
    return inside.filter(isAlive);
  }

  test('does not hand on a descriptor that whoever started it left open', () => {
    const line = `exec 5</etc/hostname 9</etc/hostname 77</etc/hostname; exec '${process.execPath}' '${script}' ${jail} '${program('escapes')}' '${wasmDir()}' '${job}'`;
    const seen = JSON.parse(execFileSync('bash', ['-c', line], { encoding: 'utf8', timeout: 30_000 }));
    expect(seen.descriptors).toBe('got ');
  });

  test('that is killed takes its jail with it', async () => {
    expect(await survivors(jail, program('ignores-signals'), wasmDir(), job)).toEqual([]);
  });

  test.each([jail, 'none'] as const)(
    'that is killed takes the jail with it that waits for a job (%s)',
    async (kind) => {
      built();
      expect(await survivors(kind, distPath('guest.mjs'), wasmDir())).toEqual([]);
    },
  );
};
