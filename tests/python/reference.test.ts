import { describe, expect, test } from 'vitest';
import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import { referenceOf } from '../../lib/scoring/references.ts';
import { settingOf } from '../../runner/craft/setting.ts';
import { torchTrainer } from '../../runner/craft/torch-trainer.ts';
import { assemble } from '../../runner/craft/trial-data.ts';
import { trainUndefended } from '../../runner/craft/undefended.ts';
import { readDataset } from '../../runner/datasets/index.ts';
import { dataPath } from '../../runner/host/places.ts';
import { cpuModel } from '../../runner/host/processor.ts';
import { measure } from '../../runner/metrics/index.ts';
import { openEngine } from '../../runner/train/tf.ts';
import { requires } from '../support/requires.ts';

const suite = suiteNamed('smoke-2');
const reference = referenceOf(suite, 'torch')!;

describe.runIf(requires('fashion-mnist', 'python-torch'))('training again with PyTorch', () => {
  test.each(['lr', 'mlp-128'])(
    'gives the committed clean accuracy of %s: the same on such a processor',
    async (model) => {
      const { tf } = await openEngine('wasm');
      const train = torchTrainer();
      try {
        const unit = { dataset: 'fashion-mnist', model, seed: suite.seeds[0]! };
        const setting = settingOf(suite, unit);
        const base = assemble(await readDataset(unit.dataset, dataPath('datasets')), setting, null);
        const { cleanAccuracy } = measure(
          await trainUndefended({ tf, train }, { ...setting, model }, base.train),
          base,
        );
        const wanted = reference.clean.find((run) => run.model === model && run.seed === unit.seed)!.accuracy;
        if (cpuModel() === reference.engine.cpu) expect(cleanAccuracy).toBe(wanted);
        else expect(Math.abs(cleanAccuracy - wanted)).toBeLessThan(0.005);
      } finally {
        train.close();
      }
    },
  );
});
