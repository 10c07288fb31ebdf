import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bubblewrap } from '../../../runner/jail/bubblewrap.ts';
import { nodeArguments, nodeGuest } from '../../../runner/jail/guests/node.ts';
import { defaultLimits } from '../../../runner/jail/jail.ts';
import { requires } from '../../support/requires.ts';
import { runIn } from './run-in.ts';
import { tinyJob } from './tiny-job.ts';

const program = fileURLToPath(new URL('../../fixtures/hostile/programs/does-nothing.mjs', import.meta.url));
const limits = { ...defaultLimits, seconds: 10 };

/** Processor time of the processes that this one started and that have ended, with all that those waited for. */
function childrenMs(): number {
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * jiffyMs;
}
const jiffyMs = 10;

async function msOf(run: () => Promise<unknown>): Promise<number> {
  const before = childrenMs();
  await run();
  return childrenMs() - before;
}

const plainNode = () =>
  new Promise((resolve) => {
    spawn(process.execPath, [...nodeArguments(limits.memoryBytes), program], {
      stdio: 'ignore',
      env: { NODE_ENV: 'production' },
    }).once('exit', resolve);
  });

test.runIf(requires('bubblewrap'))(
  'an empty jail takes at most 150 ms of processor time more than plain Node',
  async () => {
    const { job, remove } = tinyJob({ code: '' }, 'filter');
    const jail = bubblewrap(nodeGuest({ program }));
    const inJail = () => runIn(jail, { job, backend: 'wasm', limits });
    await inJail();
    const pairs: { plain: number; jailed: number }[] = [];
    for (let i = 0; i < 15; i++) pairs.push({ plain: await msOf(plainNode), jailed: await msOf(inJail) });
    remove();
    const least = (of: 'plain' | 'jailed') => Math.min(...pairs.map((pair) => pair[of])); // the least of each: others use this machine too
    console.log(`plain Node ${least('plain').toFixed(0)} ms, in the jail ${least('jailed').toFixed(0)} ms`);
    expect(least('jailed') - least('plain')).toBeLessThan(150);
  },
);
