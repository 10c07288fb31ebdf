import { describe, expect, it } from 'vitest';
import { suiteNamed } from '../../../lib/catalog/suites/index.ts';
import { openSnapshot } from '../../../lib/contract/snapshot.ts';
import { type Contender, contenderOf, ranksOf } from '../../../lib/scoring/ranks.ts';
import { referenceOf } from '../../../lib/scoring/references.ts';
import { scoresOf } from '../../../lib/scoring/score.ts';
import { committedRows } from '../../../runner/client/snapshots.ts';
import { reference, run, scored, seeds, suite } from '../../support/toy-suite.ts';

/** ρ by seed around a value, each with its own wobble of that size. */
const contender = (id: string, rho: number, size = 0.01, collapsed = false): Contender => ({
  id,
  collapsed,
  bySeed: new Map(seeds.map((seed) => [seed, rho + size * Math.sin(7 * seed + 13 * id.charCodeAt(0))])),
});
const ranks = (...contenders: Contender[]) => Object.fromEntries(ranksOf(contenders));

describe('ranks', () => {
  it('are the places an entry may have: those surely better are before it, those surely worse behind', () => {
    expect(ranks(contender('a', 0.9), contender('b', 0.5), contender('c', 0.1))).toEqual({
      a: [1, 1],
      b: [2, 2],
      c: [3, 3],
    });
    expect(ranks(contender('c', 0.1), contender('a', 0.9))).toEqual({ a: [1, 1], c: [2, 2] });
  });

  it('are the whole list for entries that can’t be told apart, and one alone is first', () => {
    expect(ranks(contender('a', 0.5), contender('b', 0.501), contender('c', 0.499))).toEqual({
      a: [1, 3],
      b: [1, 3],
      c: [1, 3],
    });
    expect(ranks(contender('a', 0.5))).toEqual({ a: [1, 1] });
    const twin = contender('a', 0.5);
    expect(ranks(twin, { ...twin, id: 'b' })).toEqual({ a: [1, 2], b: [1, 2] });
  });

  it('are no tie groups: the middle one may be as good as either, which differ', () => {
    expect(ranks(contender('a', 0.52, 0.02), contender('b', 0.5, 0.1), contender('c', 0.48, 0.02))).toEqual({
      a: [1, 2],
      b: [1, 3],
      c: [2, 3],
    });
  });

  it('are paired by seed: what all share in a seed hides no difference', () => {
    const shaken = ({ bySeed, ...rest }: Contender) => ({
      ...rest,
      bySeed: new Map([...bySeed].map(([seed, rho]) => [seed, rho + 3 * (seed % 2)])),
    });
    expect(ranks(shaken(contender('a', 0.6)), shaken(contender('b', 0.5)))).toEqual({ a: [1, 1], b: [2, 2] });
  });

  it('put the collapsed after all others, whatever their ρ, and among themselves in order', () => {
    const all = [
      contender('a', 0.1),
      contender('b', 0.99, 0.01, true),
      contender('c', 0.5, 0.01, true),
      contender('d', 0.1001),
    ];
    expect(ranks(...all)).toEqual({ a: [1, 2], d: [1, 2], b: [3, 3], c: [4, 4] });
  });

  it('need Holm’s correction: a difference that stands alone may fall among many', () => {
    const [a, b] = [contender('a', 0.51, 0.03), contender('b', 0.5, 0.03)];
    expect(ranks(a, b).a).toEqual([1, 1]);
    const crowd = 'cdefghijkl'.split('').map((id) => contender(id, 0.505, 0.2));
    expect(ranks(a, b, ...crowd).a).toEqual([1, 12]);
  });

  it('are apart at 5 %: with ten seeds a t of 2.3 tells two entries apart, and one of 2.2 does not', () => {
    const zero: Contender = { id: 'a', collapsed: false, bySeed: new Map(seeds.map((seed) => [seed, 0])) };
    // Mean .1, deviations ± a of five seeds each: t = .3 / a.
    const better = (t: number): Contender => ({
      ...zero,
      id: 'b',
      bySeed: new Map(seeds.map((seed) => [seed, 0.1 + ((seed % 2) * 2 - 1) * (0.3 / t)])),
    });
    expect(ranks(zero, better(2.3))).toEqual({ a: [2, 2], b: [1, 1] });
    expect(ranks(zero, better(2.2))).toEqual({ a: [1, 2], b: [1, 2] });
  });

  it('refuse entries that were not run on the same seeds', () => {
    const other = { ...contender('b', 0.5), bySeed: new Map(seeds.map((seed) => [seed + 1, 0.5])) };
    expect(() => ranksOf([contender('a', 0.5), other])).toThrow(/b lacks seed 0/);
    expect(() => ranksOf([contender('a', 0.5), { ...other, bySeed: new Map([[0, 0.5]]) }])).toThrow(
      /a has 10 seeds, b has 1/,
    );
  });
});

describe('an entry is ranked', () => {
  const trials = run({ badnets: 0.768, flip: 0.725, clean: 0.801 });
  const entry = { id: 'a', trials, scores: scored(trials) };

  it('by its seeds in the worst family of all seeds together, which average to its score', () => {
    const { bySeed, collapsed } = contenderOf(suite, reference, entry)!;
    expect([...bySeed.keys()]).toEqual(seeds);
    expect([...bySeed.values()].reduce((sum, rho) => sum + rho, 0) / seeds.length).toBeCloseTo(
      (0.725 - 0.788) / (0.8615 - 0.788),
      6,
    );
    expect(collapsed).toBe(false);
  });

  it('with its failures, and not where a trial is missing, be it a clean one', () => {
    const failed = trials.map((trial) =>
      trial.seed === 3 ? { ...trial, outcome: 'not-run' as const, cleanAccuracy: null, robustAccuracy: null } : trial,
    );
    expect(contenderOf(suite, reference, { ...entry, trials: failed })!.bySeed.get(3)).toBeLessThan(-5); // accuracy 0 where even no defense has .78
    for (const lost of [0, 3, 17])
      expect(contenderOf(suite, reference, { ...entry, trials: trials.filter((_, at) => at !== lost) })).toBeNull();
  });

  it('not where its module embeds data', () => {
    expect(contenderOf(suite, reference, { ...entry, scores: { ...entry.scores, flags: ['embeds-data'] } })).toBeNull();
  });
});

it.each(committedRows('core-2').filter(({ module }) => module.kind === 'control'))(
  'the control $baseline is compared by the number that it shows, without the cells in which all is poison',
  async (row) => {
    const core2 = suiteNamed('core-2');
    const undefended = referenceOf(core2, row.engine.backend)!;
    const trials = (await openSnapshot(row)).flatMap(({ result }) => result.trials);
    const scores = scoresOf(core2, undefended, trials, { control: true, deterministic: true, embedsData: false });
    const { bySeed } = contenderOf(core2, undefended, { id: 'a', trials, scores, control: true })!;
    expect([...bySeed.values()].reduce((sum, value) => sum + value, 0) / bySeed.size).toBeCloseTo(
      scores.mean!.value,
      12,
    );
  },
);
