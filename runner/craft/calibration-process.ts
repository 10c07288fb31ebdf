import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import type { Backend } from '../../lib/contract/ids.ts';
import type { Engine } from '../../lib/contract/result.ts';
import { predictorOf } from '../../lib/contract/runtime.ts';
import { dataPath } from '../host/places.ts';
import { engineOfSet } from '../host/python/engine-of-set.ts';
import { openEngine } from '../train/tf.ts';
import { type CalibrationUnit, calibrateUnit, type UnitNumbers } from './calibration.ts';
import { isSuiteFile, loadSuite } from './private-suite.ts';
import { craftedInSeason } from './season/probes/index.ts';
import { seasonSuiteNamed } from './season/season-suite.ts';
import { torchTrainer } from './torch-trainer.ts';
import { usual } from './undefended.ts';

export type CalibrationAnswer = { readonly engine: Engine; readonly numbers: UnitNumbers } | { readonly fault: string };

/** A process that calibrates units for the one that forked it, with one engine, and ends with it. */
export async function calibrationProcess(
  words: string,
  backend: Backend,
  { attack = null }: { attack?: string | null },
): Promise<number> {
  const send = (answer: CalibrationAnswer) => process.send?.(answer);
  const { suite, attackCalled } = isSuiteFile(words)
    ? await loadSuite(words, attack)
    : { suite: (await seasonSuiteNamed(words)) ?? suiteNamed(words), attackCalled: craftedInSeason };
  let torch: ReturnType<typeof torchTrainer> | undefined;
  process.on('message', async (unit: CalibrationUnit) => {
    try {
      const { tf, engine } = await openEngine(predictorOf(backend));
      if (backend === 'torch') torch ??= torchTrainer();
      const by = torch ? { tf, train: torch } : usual(tf);
      const numbers = await calibrateUnit(by, suite, unit, dataPath('datasets'), attackCalled);
      send({ engine: torch ? engineOfSet('torch', engine) : engine, numbers });
    } catch (error) {
      send({ fault: (error as Error).message });
    }
  });
  return new Promise((end) =>
    process.on('disconnect', () => {
      torch?.close();
      end(0);
    }),
  );
}
