import { describe, expect, it } from 'vitest';
import type { Reference } from '../../../lib/contract/report.ts';
import { countedCells } from '../../../lib/scoring/cells.ts';
import { jackknifed } from '../../../lib/scoring/estimates.ts';
import { frontierOf } from '../../../lib/scoring/frontier.ts';
import { mean, reachOfMean } from '../../../lib/scoring/stats.ts';
import { cells, none, reference, run, scored, seeds, suite } from '../../support/toy-suite.ts';

/** Plain SGD stopped early: less clean accuracy, and less of both attacks. */
const member = (steps: number, clean: number, flip: number, badnets: number): Reference['frontier'][number] => ({
  steps,
  clean: seeds.map((seed) => ({ dataset: 'fashion-mnist', model: 'mlp-128', seed, accuracy: clean })),
  cells: cells.flatMap(({ scenario, budget }) =>
    seeds.map((seed) => ({ scenario, budget, seed, attacked: scenario === 'flip' ? flip : badnets })),
  ),
});
const withFrontier = { ...reference, frontier: [member(60, 0.81, 0.8, 0.6), member(120, 0.84, 0.79, 0.3)] };
const flipRho = (accuracy: number) => (accuracy - 0.788) / (0.8615 - 0.788);
const gain = (clean: number, flip = 0.81) => scored(run({ clean, flip, badnets: 0.8 }), withFrontier).gain!;

describe('gain over under-training', () => {
  it('is ρ of the worst family minus the best that plain SGD reaches at no less clean accuracy', () => {
    expect(gain(0.8).value).toBeCloseTo(flipRho(0.81) - flipRho(0.8), 6); // both members are as accurate; the shorter one is the more robust
    expect(gain(0.81).value).toBeCloseTo(flipRho(0.81) - flipRho(0.8), 6);
    expect(gain(0.83).value).toBeCloseTo(flipRho(0.81) - flipRho(0.79), 6);
  });

  it('is ρ itself where no shorter run is as accurate, and where under-training makes it worse: not to defend is always open', () => {
    expect(gain(0.85).value).toBeCloseTo(flipRho(0.81), 6);
    const harmful = { ...reference, frontier: [member(60, 0.85, 0.7, 0.9)] };
    expect(scored(run({ clean: 0.8, flip: 0.81, badnets: 0.8 }), harmful).gain!.value).toBeCloseTo(flipRho(0.81), 6);
  });

  it('takes each member’s own worst family', () => {
    const lopsided = { ...reference, frontier: [member(60, 0.81, 0.86, 0.2)] };
    expect(scored(run({ clean: 0.8, flip: 0.81, badnets: 0.8 }), lopsided).gain!.value).toBeCloseTo(
      flipRho(0.81) - (0.2 - 0.057) / (0.861 - 0.057),
      6,
    );
  });

  it('is 0 for the undefended run and for a member itself', () => {
    expect(scored(none, withFrontier).gain!.value).toBeCloseTo(0, 10);
    expect(scored(run({ clean: 0.81, flip: 0.8, badnets: 0.6 }), withFrontier).gain!.value).toBeCloseTo(0, 10);
  });

  it('has the jackknife’s interval, and none below five seeds', () => {
    const { value, low, high, n } = gain(0.85);
    expect([n, low! < value, high! > value]).toEqual([10, true, true]);
    // Without rivals it is the worst family's ρ, a ratio: jackknife and delta method nearly agree.
    const { low: below } = scored(run({ clean: 0.85, flip: 0.81, badnets: 0.8 }), withFrontier).worst!;
    expect(low! / below!).toBeCloseTo(1, 2);
    expect(scored(run({ clean: 0.85, flip: 0.81, badnets: 0.8 }, [0, 1, 2, 3]), withFrontier).gain).toMatchObject({
      low: null,
      high: null,
      n: 4,
    });
  });

  it('is null without a frontier, without clean runs, and where a cell is missing', () => {
    const whole = run({ clean: 0.8, flip: 0.81, badnets: 0.8 });
    expect(scored(whole).gain).toBeNull();
    for (const lacking of ['clean-fashion-mnist-mlp-128', 'badnets'])
      expect(
        scored(
          whole.filter(({ scenario }) => scenario !== lacking),
          withFrontier,
        ).gain,
      ).toBeNull();
  });
});

it('of a mean, the jackknife is Student’s interval', () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  const { value, low, high } = jackknifed([...values.keys()], (kept) => mean(kept.map((at) => values[at]!)));
  expect([value, high! - value, value - low!]).toEqual([
    mean(values),
    ...[1, 1].map(() => expect.closeTo(reachOfMean(values, 0.975), 10)),
  ]);
});

it('the curve is a row for each length, the undefended run last', () => {
  const curve = frontierOf(suite, countedCells(suite, withFrontier), withFrontier);
  expect(curve.map(({ steps, cleanAccuracy }) => [steps, cleanAccuracy])).toEqual([
    [60, expect.closeTo(0.81, 10)],
    [120, expect.closeTo(0.84, 10)],
    [null, expect.closeTo(0.8615, 10)],
  ]);
  expect(curve.map(({ scores }) => scores.worst!.value)).toEqual(
    [0.8, 0.79, 0.788].map((flip) => expect.closeTo(flipRho(flip), 6)),
  );
  expect(curve[0]!.scores.scenarios.badnets!.value).toBeCloseTo((0.6 - 0.057) / (0.861 - 0.057), 6);
  expect(frontierOf(suite, countedCells(suite, reference), reference)).toEqual([]);
});
