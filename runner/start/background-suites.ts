import { type Suite, trialsOf } from '../../lib/contract/suite.ts';
import { isBuilt } from '../craft/build.ts';
import { distPath } from '../host/dist.ts';
import { dataPath } from '../host/places.ts';
import { runProgram } from '../host/program.ts';

/**
 * In the order that they are built in: the smallest first, on which the board comes up while the others are still to
 * come.
 */
export const inBuildOrder = (suites: readonly Suite[]): Suite[] =>
  [...suites].sort((a, b) => trialsOf(a).length - trialsOf(b).length);

/**
 * Builds a suite into the site's store, in a process of its own that ends with this one. One that is there already
 * stays as it is.
 */
export const buildInProcess = (
  suite: Suite,
  say: (what: string) => void,
  signal: AbortSignal,
  background = false,
): Promise<void> =>
  runProgram(
    [
      '--import',
      distPath('end-with-parent.mjs'),
      distPath('antidote.mjs'),
      'suite',
      'build',
      suite.id,
      '--out',
      dataPath('suites', suite.id),
    ],
    { cwd: process.cwd(), env: { ANTIDOTE_DATA: dataPath() }, background, signal },
    say,
  );

/**
 * Builds those suites that are not there yet, one after the other, after everything else on this machine. Says a line
 * for each when it is done, or why it is not; never throws. Ends without a word when the
 * signal is aborted; the next start begins anew.
 */
export async function buildInBackground(
  suites: readonly Suite[],
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const suite of suites) {
    if (await isBuilt(suite, dataPath('suites', suite.id))) continue;
    const begin = performance.now();
    try {
      await buildInProcess(suite, () => {}, signal, true);
      say(`Suite ${suite.id} is built and published  (${((performance.now() - begin) / 1000).toFixed(0)} s)`);
    } catch (error) {
      if (signal.aborted) return;
      say(`Suite ${suite.id} is not built: ${(error as Error).message.split('\n').at(-1)} The next start tries again.`);
    }
  }
}
