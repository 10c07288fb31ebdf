import { type ChildProcess, fork } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { frontierSteps } from '../../lib/catalog/recipes.ts';
import type { Backend } from '../../lib/contract/ids.ts';
import { Reference } from '../../lib/contract/report.ts';
import { Engine } from '../../lib/contract/result.ts';
import type { Suite } from '../../lib/contract/suite.ts';
import { writeWhole } from '../datasets/pinned-file.ts';
import { HarnessFault } from '../errors.ts';
import { distPath } from '../host/dist.ts';
import { childEnvironment } from '../host/env.ts';
import { harness } from '../host/harness.ts';
import { readIfThere } from '../host/read-if-there.ts';
import type { ToParent } from '../host/to-parent.ts';
import { engineArguments } from '../train/tf.ts';
import type { Progress } from './build.ts';
import { type CalibrationUnit, type UnitNumbers, unitsOf } from './calibration.ts';
import type { CalibrationAnswer } from './calibration-process.ts';

const Part = z.strictObject({
  engine: Engine,
  clean: Reference.shape.clean,
  cells: Reference.shape.cells,
  frontier: Reference.shape.frontier,
  bias: Reference.shape.bias,
});
type Part = z.infer<typeof Part>;

/**
 * The suite's undefended numbers on that engine: every cell at the scored seeds and at the gate's, and the frontier at
 * the scored ones. Several processes at once; each unit that is done is kept in the folder, and a later call by the
 * same harness goes on from there. `named`: how its processes find the suite, where it is no published one. Throws the
 * signal's reason where it is aborted.
 */
export async function calibrate(
  suite: Suite,
  backend: Backend,
  options: { folder: string; jobs: number; progress: Progress; signal: AbortSignal; named?: readonly string[] },
): Promise<Reference> {
  const { jobs, progress, signal } = options;
  const by = harness(backend === 'torch' ? 'python:torch' : 'javascript');
  const folder = join(options.folder, `${suite.digest.slice(7, 19)}-${by.digest.slice(7, 19)}-${backend}`);
  await mkdir(folder, { recursive: true });
  const units = unitsOf(suite);
  const order = gateFirst(suite, units);
  const parts: Part[] = [];
  let next = 0;
  let done = 0;
  progress(0, `undefended models on ${backend}`);
  const worker = async () => {
    const child = new CalibrationChild(options.named ?? [suite.id], backend, signal);
    try {
      while (next < order.length) {
        const at = order[next++]!;
        const unit = units[at]!;
        parts[at] = await keptOrMade(join(folder, `${unit.dataset}.${unit.model}.${unit.seed}.json`), () =>
          child.ask(unit),
        );
        progress(++done / units.length, `${unit.model} on ${unit.dataset}, seed ${unit.seed}`);
      }
    } finally {
      child.end();
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, units.length) }, worker));
  return referenceOf(suite, { engine: parts[0]!.engine, harness: by }, parts);
}

/** The numbers of all units together, as they are published. */
export const referenceOf = (
  suite: Suite,
  by: Pick<Reference, 'engine' | 'harness'>,
  units: readonly UnitNumbers[],
): Reference =>
  Reference.parse({
    format: 'antidote-reference-1',
    suite: { id: suite.id, digest: suite.digest },
    engine: by.engine,
    harness: by.harness,
    clean: units.flatMap(({ clean }) => clean),
    cells: units.flatMap(({ cells }) => cells),
    frontier: frontierSteps.map((steps) => {
      const members = units.flatMap(({ frontier }) => frontier.filter((member) => member.steps === steps));
      return { steps, clean: members.flatMap(({ clean }) => clean), cells: members.flatMap(({ cells }) => cells) };
    }),
    ...(suite.rules.scoring === 2 && { bias: units.flatMap(({ bias }) => bias ?? []) }),
  });

/** Places of the units in the order in which they are made: what the gate asks for is known before the longer rest. */
const gateFirst = ({ gateSeeds }: Suite, units: readonly CalibrationUnit[]): number[] => {
  const isGate = units.map(({ seed }) => Number(gateSeeds.includes(seed)));
  return [...units.keys()].sort((a, b) => isGate[b]! - isGate[a]! || a - b);
};

async function keptOrMade(path: string, make: () => Promise<Part>): Promise<Part> {
  const text = await readIfThere(path);
  if (text !== null) return Part.parse(JSON.parse(text));
  const part = await make();
  await writeWhole(path, Buffer.from(`${JSON.stringify(part)}\n`));
  return part;
}

/** The next one. What else a child says is for whoever would clear up after it. */
const answerOf = (child: ChildProcess) =>
  new Promise<CalibrationAnswer>((resolve) => {
    const hear = (said: CalibrationAnswer | ToParent) => {
      if (!('fault' in said || 'numbers' in said)) return;
      child.off('message', hear);
      resolve(said);
    };
    child.on('message', hear);
  });

/** So long a child may take to clear away what is its own. */
const graceMs = 500;

/** Forked when it is first asked. */
class CalibrationChild {
  private child: ChildProcess | undefined;
  private ended: Promise<CalibrationAnswer> | undefined;

  constructor(
    private readonly named: readonly string[],
    private readonly backend: Backend,
    private readonly signal: AbortSignal,
  ) {}

  async ask(unit: CalibrationUnit): Promise<Part> {
    this.signal.throwIfAborted();
    this.child ??= this.fork();
    const answered = answerOf(this.child);
    this.child.send(unit);
    const answer = await Promise.race([answered, this.ended!]);
    this.signal.throwIfAborted();
    if ('fault' in answer)
      throw new HarnessFault(`Calibration of ${unit.model} on ${unit.dataset}, seed ${unit.seed}: ${answer.fault}.`);
    return { engine: answer.engine, ...answer.numbers };
  }

  end(): void {
    if (this.child?.connected) this.child.disconnect();
  }

  private fork(): ChildProcess {
    const child = fork(
      distPath('antidote.mjs'),
      ['calibration-process', this.named[0]!, this.backend, ...this.named.slice(1)],
      {
        env: childEnvironment({}, { secrets: false }),
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        execArgv: [...engineArguments, '--import', distPath('end-with-parent.mjs')],
        signal: this.signal, // SIGTERM
      },
    );
    const kill = () => setTimeout(() => child.kill('SIGKILL'), graceMs); // one that computes at a stretch hears no other
    this.signal.addEventListener('abort', kill, { once: true });
    this.ended = new Promise((resolve) => {
      const end = () => resolve({ fault: 'its process ended before it answered' });
      child.once('exit', end).once('error', end); // an abort is an error event
    });
    return child;
  }
}
