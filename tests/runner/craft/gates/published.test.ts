import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findGates } from '../../../../lib/catalog/suites/gates.ts';
import { drafts, suites } from '../../../../lib/catalog/suites/index.ts';
import { smoke1 } from '../../../../lib/catalog/suites/smoke-1.ts';
import { smoke2 } from '../../../../lib/catalog/suites/smoke-2.ts';
import { passes } from '../../../../lib/contract/gates.ts';
import { UsualBackend } from '../../../../lib/contract/ids.ts';
import { specOf, trialsOf } from '../../../../lib/contract/suite.ts';
import { referenceOf } from '../../../../lib/scoring/references.ts';
import { craft } from '../../../../runner/craft/craft.ts';
import { calibrationOf, leaksOf } from '../../../../runner/craft/gates/gates.ts';
import { type Inspected, inspectCell } from '../../../../runner/craft/gates/inspect-cell.ts';
import { assemble } from '../../../../runner/craft/trial-data.ts';
import { readDataset } from '../../../../runner/datasets/index.ts';
import { env } from '../../../../runner/host/env.ts';
import { requires } from '../../../support/requires.ts';

/** Drafts too, where they were looked at. Of a draft a gate may fail. */
const looked = [...suites, ...drafts.filter(findGates)];

describe.each(looked)('the gates of $id', (suite) => {
  const gates = findGates(suite);

  it('were tested for this very digest, and passed', () => {
    expect(gates).not.toBeNull();
    if (!drafts.includes(suite)) expect(passes(gates!)).toBe(true);
    expect(gates!.determinism.builds).toEqual(
      [true, false].map((nativeEngine) => ({ nativeEngine, digest: suite.digest })),
    );
    expect(gates!.budgets.cells).toBe(trialsOf(suite).filter((trial) => specOf(suite, trial).attack).length);
  });

  it('say of its calibration what the committed references say', () => {
    const calibrated = UsualBackend.options.filter((backend) => referenceOf(suite, backend));
    const backends = gates!.calibration.map(({ backend }) => backend).sort();
    expect(backends).toEqual(calibrated.length > 0 ? [...calibrated].sort() : ['torch']);
    expect(gates!.calibration).toEqual(calibrationOf(suite));
  });
});

describe('a calibration by PyTorch', () => {
  const torch = referenceOf(smoke2, 'torch')!;

  it('decides nothing where a usual engine was measured', () =>
    expect(calibrationOf(smoke2, [torch, referenceOf(smoke2, 'tensorflow')!]).map(({ backend }) => backend)).toEqual([
      'tensorflow',
    ]));

  it('decides where no other was, at the gate’s seeds alone, and leaves out what nobody measured', () => {
    const first = <One extends { scenario: string; seed: number }>(all: readonly One[]) =>
      all.filter(({ scenario, seed }) => scenario !== 'badnets-mlp-128' && smoke2.gateSeeds.includes(seed));
    const part = { ...torch, frontier: [], cells: first(torch.cells), bias: first(torch.bias!) };
    const { cells, ...rest } = calibrationOf(smoke2, [part])[0]!;
    expect(rest).toEqual({ backend: 'torch', ok: false }); // no cell is left of backdoors
    const whole = calibrationOf(smoke2, [torch])[0]!.cells;
    expect(cells).toEqual(whole.filter(({ scenario }) => scenario !== 'badnets-mlp-128'));
    expect(whole.length).toBe(cells.length + 1);
  });
});

describe('a gate that does not hold', () => {
  const honest = findGates(smoke1)!;
  it.each(['leaks', 'determinism', 'budgets'] as const)('%s', (name) =>
    expect(passes({ ...honest, [name]: { ...honest[name], ok: false } })).toBe(false),
  );
  it('calibration, also where there is none', () => {
    expect(passes({ ...honest, calibration: honest.calibration.map((one, at) => ({ ...one, ok: at > 0 })) })).toBe(
      false,
    );
    expect(passes({ ...honest, calibration: [] })).toBe(false);
  });
});

describe.runIf(requires('fashion-mnist'))('looking at smoke-1 again', () => {
  it('finds of its place, copies and residue what was published', { timeout: 600_000 }, async () => {
    const split = await readDataset('fashion-mnist', join(env().ANTIDOTE_DATA, 'datasets'));
    const inspected: Inspected[] = [];
    for (const trial of trialsOf(smoke1).filter(({ budget }) => budget > 0)) {
      const data = assemble(split, { dataset: 'fashion-mnist', seed: trial.seed }, await craft(smoke1, trial, split));
      inspected.push(inspectCell(trial, 'fashion-mnist', split.train, data));
    }
    expect(inspected.flatMap(({ breaks }) => breaks)).toEqual([]);
    expect(leaksOf(inspected)).toEqual(findGates(smoke1)!.leaks);
  });
});
