import { spawn } from 'node:child_process';
import { UsualBackend } from '../../lib/contract/ids.ts';
import { availableBackends } from '../../runner/train/tf.ts';
import { type Peer, peerOf } from './engine/peers.ts';
import { type BenchRow, benchEngine } from './engine/time-ways.ts';

/**
 * Steps per second and their ratios on every engine there is, each in a process of its own, run in the project's
 * folder. Where the Python named as the argument has torch and opacus, the same minutes' ratio to them too: only ratios
 * of one run mean anything.
 */
const secondsEach = 3;
const [, program, argument = 'python3'] = process.argv;
const engine = UsualBackend.safeParse(argument);

async function benchInChild(backend: UsualBackend): Promise<BenchRow[]> {
  const child = spawn(process.execPath, [program!, backend], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  const code = await new Promise((done) => child.on('error', done).on('close', done));
  if (code !== 0) throw new Error(`the bench on ${backend} ended with ${code}`);
  return JSON.parse(printed) as BenchRow[];
}

const nameOf: Record<string, string> = { lr: 'lr 784-10', mlp: 'mlp 784-256-10' };
const ratio = (a: number, b: number) => (a / b).toFixed(2);
const rate = (steps: number) => steps.toFixed(steps < 10 ? 2 : 0);

function textOf(
  { engine: { backend, version, threads, cpu }, model, batch, steps }: BenchRow,
  peer: Peer | null,
): string {
  const [plain, clip, dp, naive] = [steps.plain[0], steps.clip[0], steps.dp[0], steps.naive[0]];
  const lines = [
    `${backend} ${version}, ${nameOf[model] ?? model}, batch ${batch}, ${threads} thread, ${cpu}`,
    `  steps/s, best (median)   ${Object.entries(steps)
      .map(([way, [best, median]]) => `${way} ${rate(best)} (${rate(median)})`)
      .join('  ')}`,
    `  time over a plain step   clip ${ratio(plain, clip)}  dp ${ratio(plain, dp)}    speed over naive   clip ${ratio(clip, naive)}`,
  ];
  if (peer) {
    const [torch, ghost, hooks] = [peer.plain[0], peer['opacus ghost'][0], peer['opacus hooks'][0]];
    lines.push(
      `  speed over, on 1 thread  PyTorch plain ${ratio(plain, torch)}  Opacus ghost ${ratio(dp, ghost)}  Opacus hooks ${ratio(dp, hooks)}`,
    );
  }
  return lines.join('\n');
}

if (engine.success) process.stdout.write(JSON.stringify(await benchEngine(engine.data, secondsEach)));
else {
  for (const backend of await availableBackends())
    for (const row of await benchInChild(backend)) {
      const peer = row.model in nameOf ? await peerOf(argument, row.model, row.batch, secondsEach) : null;
      console.log(textOf(row, peer));
      if (!peer && row.model in nameOf)
        console.log(`  PyTorch and Opacus are not compared with: ${argument} has no torch and opacus`);
    }
}
