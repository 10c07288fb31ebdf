import { setTimeout as sleep } from 'node:timers/promises';
import { nodeGuest } from '../../../runner/jail/guests/node.ts';
import { jailOf } from '../../../runner/jail/index.ts';
import { defaultLimits, type JailKind } from '../../../runner/jail/jail.ts';
import { runIn } from './run-in.ts';

/**
 * A supervisor as a process of its own: runs one program in the jail over one job folder and prints its account;
 * without a folder it opens the jail and waits.
 */
const [, , kind, program, wasm, job] = process.argv as string[];
const jail = jailOf(kind as JailKind, nodeGuest({ program: program!, wasm: wasm!, native: '/nowhere' }));
if (job) {
  const { out } = await runIn(jail, { job, backend: 'wasm', limits: { ...defaultLimits, seconds: 20 } });
  const file = out instanceof Map ? out.get('failure.json') : undefined;
  process.stdout.write(JSON.parse(Buffer.from(file!).toString()).detail);
} else {
  await jail.open({ backend: 'wasm', limits: defaultLimits });
  await sleep(60_000);
}
