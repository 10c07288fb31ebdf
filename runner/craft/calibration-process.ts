import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import type { Backend } from '../../lib/contract/ids.ts';
import type { Engine } from '../../lib/contract/result.ts';
import { dataPath } from '../host/places.ts';
import { openEngine } from '../train/tf.ts';
import { craftedBy } from './attacks/index.ts';
import { type CalibrationUnit, calibrateUnit, type UnitNumbers } from './calibration.ts';
import { isSuiteFile, loadSuite } from './private-suite.ts';
import { seasonSuiteNamed } from './season/season-suite.ts';

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
    : { suite: (await seasonSuiteNamed(words)) ?? suiteNamed(words), attackCalled: craftedBy };
  process.on('message', async (unit: CalibrationUnit) => {
    try {
      const { tf, engine } = await openEngine(backend);
      send({ engine, numbers: await calibrateUnit(tf, suite, unit, dataPath('datasets'), attackCalled) });
    } catch (error) {
      send({ fault: (error as Error).message });
    }
  });
  return new Promise((end) => process.on('disconnect', () => end(0)));
}
