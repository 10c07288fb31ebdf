import { join } from 'node:path';
import { type Gates, passes } from '../../lib/contract/gates.ts';
import type { Suite } from '../../lib/contract/suite.ts';
import { gatesOf } from '../craft/gates/gates.ts';
import { readManifest } from '../craft/manifest.ts';
import { prepareDatasets } from '../craft/prepare-suite.ts';
import { nativeEngineMade } from '../doctor/system.ts';
import { HarnessFault } from '../errors.ts';
import { distPath, projectDir } from '../host/dist.ts';
import { dataPath } from '../host/places.ts';
import { runProgram } from '../host/program.ts';
import { withScratch } from '../host/scratch.ts';
import { writeNamed } from '../host/write-named.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { tell } from '../terminal/tell.ts';
import { knownSuite } from './known-suite.ts';

/**
 * Builds a suite twice, tests it, and writes the result beside it, where it is committed and shown with the suite.
 * After `suite calibrate`, whose references it reads. 1 where a gate is not passed.
 */
export async function suiteGates(id: string): Promise<number> {
  const suite = knownSuite(id);
  if (!nativeEngineMade())
    throw new HarnessFault(
      "One of the two builds is to be made with the native engine on the machine, and it is not here: 'npm run engine:native' installs it.",
    );
  saysWhenInterrupted('Stopped; nothing is kept.');
  const progress = progressOf(`gates of ${id}`);
  await prepareDatasets(suite, progress.say);
  const gates = await withScratch(async (scratch) => {
    const suites = join(scratch, 'with');
    const builds = [
      { nativeEngine: true, digest: await built(suite, join(suites, id), {}, progress.say) },
      {
        nativeEngine: false,
        digest: await built(
          suite,
          join(scratch, 'without', id),
          { XDG_CACHE_HOME: join(scratch, 'empty') },
          progress.say,
        ),
      },
    ];
    return gatesOf(suite, { datasets: dataPath('datasets'), suites }, builds, {
      progress: progress.update,
      signal: interrupted,
    });
  });
  progress.end();
  const path = join(projectDir, 'lib/catalog/suites', `${id}.gates.json`);
  await writeNamed(path, `${JSON.stringify(gates, null, 2)}\n`);
  tell(`${linesOf(gates).join('\n')}\n${path}`);
  return passes(gates) ? 0 : 1;
}

/** In a process of its own, which finds the native engine by its environment. Its digest. */
async function built(
  suite: Suite,
  folder: string,
  env: Record<string, string>,
  say: (line: string) => void,
): Promise<Gates['suite']['digest']> {
  const args = [distPath('antidote.mjs'), 'suite', 'build', suite.id, '--out', folder];
  await runProgram(args, { cwd: projectDir, env: { ANTIDOTE_DATA: dataPath(), ...env }, signal: interrupted }, say);
  return (await readManifest(folder)).digest;
}

function linesOf({ calibration, leaks, determinism, budgets }: Gates): string[] {
  const word = (ok: boolean) => (ok ? 'passed' : 'FAILED');
  return [
    ...calibration.map(
      ({ backend, cells, ok }) =>
        `${word(ok)}  calibration on ${backend}: ${cells.filter(({ bites }) => bites).length} of ${cells.length} cells bite`,
    ),
    ...leaks.tests.map(
      ({ feature, p, auc, ok }) =>
        `${word(ok)}  leak by ${feature}: p = ${p.toFixed(4)}${auc ? `, AUC ${auc.value.toFixed(4)} at the farthest` : ''}`,
    ),
    ...(leaks.trials ?? []).map(
      ({ dataset, model, feature, tells, of, auc, ok }) =>
        `${word(ok)}  ${feature} tell ${tells} on ${model}, ${dataset}: AUC ${auc.toFixed(4)} at the farthest (${of})`,
    ),
    ...leaks.broken,
    `${word(determinism.ok)}  determinism: ${determinism.builds.map(({ digest }) => digest).join(', ')}`,
    `${word(budgets.ok)}  budgets of ${budgets.cells} cells`,
    ...budgets.broken,
  ];
}
