import { lstatSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DefenseKind } from '../../lib/contract/ids.ts';
import { type LanguageId, languages } from '../../lib/contract/runtime.ts';
import { UsageError } from '../errors.ts';
import { projectDir } from '../host/dist.ts';
import { remark, tell } from '../terminal/tell.ts';

/**
 * Writes a folder with a module of each kind, and a card. Those in JavaScript do nothing yet but are whole defenses;
 * those in Python are the examples of the documentation. Touches nothing that is there.
 */
export async function init(name: string, language: LanguageId): Promise<number> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(name))
    throw new UsageError(
      `'${name}' is no name for a folder: want letters, digits, dots, dashes and _, at most 80 of them, a letter or digit first.`,
    );
  if (lstatSync(name, { throwIfNoEntry: false }))
    throw new UsageError(`${name} is there already; name another folder.`);
  const files = { ...(language === 'python' ? pythonModules() : modules), 'card.json': card };
  await mkdir(name);
  try {
    for (const [file, text] of Object.entries(files)) await writeFile(join(name, file), text);
  } catch (error) {
    await rm(name, { recursive: true, force: true });
    throw error;
  }
  tell(
    Object.keys(files)
      .map((file) => join(name, file))
      .join('\n'),
  );
  const first = language === 'python' ? 'filter.py' : 'shape.mjs';
  remark(`Try it: npx antidote evaluate ${join(name, first)} --suite smoke-2`);
  if (language === 'python')
    remark(
      "filter.py needs the Python set numpy, the others torch: 'npx antidote python-env numpy' makes the one, 'npx antidote python-env torch' the other.",
    );
  return 0;
}

const pythonModules = () =>
  Object.fromEntries(
    DefenseKind.options.map((kind) => {
      const file = `${kind}${languages.python.extensions[0]}`;
      return [file, readFileSync(join(projectDir, 'runner/python/examples', file), 'utf8')];
    }),
  );

const modules = {
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
};

const card = `${JSON.stringify({ description: '', license: 'MIT', needsCleanData: false, needsPoisonRate: false, deterministic: true }, null, 2)}\n`;
