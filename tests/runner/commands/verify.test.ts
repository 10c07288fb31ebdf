import { beforeAll, describe, expect, it } from 'vitest';
import { smoke2 } from '../../../lib/catalog/suites/smoke-2.ts';
import { predictorOf } from '../../../lib/contract/runtime.ts';
import { committedRows } from '../../../runner/client/snapshots.ts';
import { prepareSuite } from '../../../runner/craft/prepare-suite.ts';
import { projectDir } from '../../../runner/host/dist.ts';
import { dataPath } from '../../../runner/host/places.ts';
import { cpuModel } from '../../../runner/host/processor.ts';
import { availableBackends } from '../../../runner/train/tf.ts';
import { antidote } from '../../support/command-line.ts';
import { requires } from '../../support/requires.ts';

describe.runIf(requires('bubblewrap', 'fashion-mnist'))('a row of the reference table', () => {
  beforeAll(() => prepareSuite(smoke2, () => {}), 600_000);

  it('is run again without a site, a cell of it, and is the same to the last bit on a processor of the same kind', async () => {
    const row = committedRows().find(({ baseline, suite }) => baseline === 'none' && suite.id === 'smoke-2')!;
    const { code, out, err } = await antidote(
      ['verify', 'none', '--suite', 'smoke-2', '--scenario', 'cluster-swap-lr', '--seeds', '1'],
      { ANTIDOTE_DATA: dataPath() },
      projectDir,
    );
    if (!(await availableBackends()).includes(predictorOf(row.engine.backend)))
      return expect([code, err]).toEqual([3, expect.stringContaining('npm run engine:native')]);
    expect(out).toContain(`recorded on  tensorflow ${row.engine.version}, ${row.engine.cpu}`);
    if (cpuModel() === row.engine.cpu) expect([code, out]).toEqual([0, expect.stringMatching(/^all +2 +2$/m)]);
    else expect([0, 1]).toContain(code);
  }, 900_000);
});
