import { join } from 'node:path';
import { suites } from '../../lib/catalog/suites/index.ts';
import type { Suite } from '../../lib/contract/suite.ts';
import { prepareDatasets } from '../craft/prepare-suite.ts';
import { env } from '../host/env.ts';
import { makeSet } from '../host/python/make-set.ts';
import { madeSets } from '../host/python/set-folder.ts';
import { buildInProcess, inBuildOrder } from './background-suites.ts';
import { buildSite } from './build-site.ts';
import { step } from './steps.ts';

/**
 * The data, the first suite, the pages, and beside them the set for defenses in Python. Returns the suites that are
 * still to be built. Where one step fails nothing of the others goes on.
 */
export async function prepare(signal: AbortSignal): Promise<Suite[]> {
  const failure = new AbortController();
  const python = pythonSet(AbortSignal.any([signal, failure.signal]));
  const [first, ...others] = inBuildOrder(suites);
  try {
    await step(
      'Data',
      (say) => prepareDatasets(first!, say),
      () => `in ${join(env().ANTIDOTE_DATA, 'datasets')}`,
    );
    await step(
      'Suites',
      (say) => buildInProcess(first!, say, signal),
      () => [first!.id, ...others.map(({ id }) => `${id} in the background`)].join(', '),
    );
    await step(
      'Pages',
      (say) => buildSite(say, signal),
      (built) => (built ? 'built' : 'as built before'),
    );
    await step(
      'Python',
      () => python,
      (line) => line,
    );
    return others;
  } catch (error) {
    failure.abort(error);
    await python; // its installer is dead, and its lock gone
    throw error;
  }
}

/** The small set of packages for defenses in Python, which takes seconds; or why there is none. Never rejects. */
const pythonSet = (signal: AbortSignal): Promise<string> =>
  makeSet('numpy', () => {}, signal).then(
    () => `sets: ${madeSets().join(', ')}; 'npx antidote python-env torch' makes the one with PyTorch (5 GB)`,
    (error: Error) => `defenses in Python wait: ${error.message}`,
  );
