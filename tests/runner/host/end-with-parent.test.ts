import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, it } from 'vitest';
import { distPath } from '../../../runner/host/dist.ts';
import { built } from '../../support/built.ts';
import { eventually } from '../../support/eventually.ts';

beforeAll(built);

/** A process that starts a child with this program, says its number, and waits. */
const parentOf = (program: string) => `
  const { spawn } = require('node:child_process');
  const args = ['--import', ${JSON.stringify(distPath('end-with-parent.mjs'))}, '-e', ${JSON.stringify(program)}];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.once('data', () => console.log(child.pid));
  setInterval(() => {}, 1000);
`;

const isGone = (pid: number) =>
  !existsSync(`/proc/${pid}/stat`) || /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));

it.each([
  ['waits', 'console.log(1); setInterval(() => {}, 1000);'],
  ['computes and hears nothing', 'require("node:fs").writeSync(1, "1"); for (;;);'],
])('a child that %s ends when its parent is killed', async (_, program) => {
  const parent = spawn(process.execPath, ['-e', parentOf(program)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  parent.kill('SIGKILL');
  await eventually(() => isGone(Number(line)));
});
