import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';

/**
 * Writes a folder with a module of each kind that does nothing yet but is a whole defense, and a card. Touches nothing
 * that is there.
 */
export async function init(name = 'my-defense'): Promise<number> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(name))
    throw new UsageError(`'${name}' is no name for a folder: letters, digits, dots and dashes.`);
  if (existsSync(name)) throw new UsageError(`${name} is there already; name another folder.`);
  await mkdir(name);
  for (const [file, text] of Object.entries(files)) await writeFile(join(name, file), text);
  process.stdout.write(
    `${Object.keys(files)
      .map((file) => join(name, file))
      .join('\n')}\n`,
  );
  process.stderr.write(`Try it: npx antidote evaluate ${join(name, 'shape.mjs')} --suite smoke-1\n`);
  return 0;
}

const files = {
  'filter.mjs': `/** Weighs the training rows: one number in [0, 1] per row, 0 leaves it out. The harness then trains the suite's model. */
/** @type {import('antidote').FilterDefense} */
export default {
  async filter(train, host) {
    return new Float32Array(train.n).fill(1);
  },
};
`,
  'shape.mjs': `/** Shapes the gradient of every training step from the norms and directions of the examples' own gradients. */
/** @type {import('antidote').ShapeDefense} */
export default {
  shape(step) {
    const limit = 1;
    const weights = step.norms().map((norm) => Math.min(1, limit / Math.max(norm, 1e-12)));
    return step.sum(weights).times(1 / (limit * step.expectedSize));
  },
};
`,
  'train.mjs': `/** Owns the whole training run and returns the weights of the suite's model. */
/** @type {import('antidote').TrainDefense} */
export default {
  async train(task, host) {
    return host.fit(task.train);
  },
};
`,
  'card.json': `${JSON.stringify({ description: '', license: 'MIT', needsCleanData: false, needsPoisonRate: false, deterministic: true }, null, 2)}\n`,
};
