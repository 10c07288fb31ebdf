import { describe, expect, it } from 'vitest';
import type { LabeledSet } from '../../../../lib/contract/defense.ts';
import { twinDistance, twinsByLabel } from '../../../../runner/craft/gates/near-twins.ts';
import { lintTrials, type SeenTrial } from '../../../../runner/craft/gates/trial-lint.ts';
import { drawJitter, jittered } from '../../../../runner/craft/hygiene.ts';
import { rootOf } from '../../../../runner/random/rng.ts';

const rng = rootOf('trials');
const seeds = Array.from({ length: 10 }, (_, seed) => seed);
const ten = <T>(of: (label: number) => T) => Array.from({ length: 10 }, (_, label) => of(label));
const histogramOf = new Map(seeds.map((seed) => [seed, Int32Array.from(ten(() => 1_800 + rng.below(2_401)))]));
const nameless = { dataset: 'toy', model: 'lr' };
const attacks = ['swap', 'badnets', 'blend', 'patch'];

/** Ten seeds, each with a clean run and four attacks at two rates, that share one histogram; three have a target. */
function trials(change: (trial: SeenTrial) => Partial<SeenTrial> = () => ({})): SeenTrial[] {
  return seeds.flatMap((seed) => {
    const counts = histogramOf.get(seed)!;
    const common = { ...nameless, seed, counts, twins: new Int32Array(10) };
    const attacked = attacks.flatMap((name) => {
      const target = name === 'swap' ? null : rootOf(`${name} ${seed}`).below(10);
      return [0.01, 0.05].map((budget) => ({ ...common, attack: { name, target }, budget }));
    });
    return [{ ...common, attack: null, budget: 0 }, ...attacked].map((trial) => ({ ...trial, ...change(trial) }));
  });
}
const told = (seen: readonly SeenTrial[]) =>
  lintTrials(seen)
    .filter(({ ok }) => !ok)
    .map(({ feature, tells }) => `${feature}: ${tells}`);

/** As many poison rows as the rate allows get the label, and nothing makes room for them. */
const moved = (counts: Int32Array, label: number, rows: number) =>
  counts.map((count, own) => (own === label ? count + rows : count - Math.round(rows / 9)));

describe('the lint of trials', () => {
  it('passes trials of one histogram a seed, whose targets are drawn', () => {
    const tests = lintTrials(trials());
    expect(tests.length).toBe(8);
    expect(tests.filter(({ ok }) => !ok)).toEqual([]);
    for (const { auc, tells } of tests) if (tells !== 'target') expect(auc).toBe(0.5);
  });

  it('sees labels that tell attack, rate, target and poison, as they do where the poison is not counted in', () => {
    const leaking = trials(({ attack, budget, counts }) =>
      attack?.target == null ? {} : { counts: moved(counts, attack.target, 60_000 * budget) },
    );
    expect(told(leaking)).toEqual(expect.arrayContaining(['labels: clean', 'labels: attack', 'labels: target']));
    const rates = trials(({ attack, budget, counts }) =>
      attack?.target == null ? {} : { counts: moved(counts, 0, 60_000 * budget) },
    );
    expect(told(rates)).toContain('labels: rate');
  });

  it('sees a target that is always the largest class, though the histogram is the same', () => {
    const leaking = trials(({ attack, counts }) =>
      attack ? { attack: { ...attack, target: counts.indexOf(Math.max(...counts)) } } : {},
    );
    expect(told(leaking)).toEqual(['labels: target']);
  });

  it('sees copies, by their twins', () => {
    const twinned = trials(({ attack, budget, twins }) =>
      attack?.name === 'badnets'
        ? { twins: twins.map((_, label) => (label === attack.target ? 30_000 * budget : 0)) }
        : {},
    );
    expect(told(twinned)).toEqual(
      expect.arrayContaining(['twins: clean', 'twins: attack', 'twins: rate', 'twins: target']),
    );
  });

  it('asks each data set and model for itself', () => {
    const both = [
      ...trials(),
      ...trials(({ counts }) => ({ model: 'mlp-128', counts: counts.map((count) => count + 1) })),
    ];
    expect(told(both)).toEqual([]);
    expect(new Set(lintTrials(both).map(({ model }) => model))).toEqual(new Set(['lr', 'mlp-128']));
  });
});

describe('twins', () => {
  const size = 784;
  const n = 400;
  const pictures = rootOf('pictures').bytes(n * size);
  const x = pictures.map((value) => (value >> 1) + 20);
  const set: LabeledSet = { n, classes: 4, shape: [28, 28, 1], scale: 255, x, y: new Int32Array(n) };
  set.y.forEach((_, row) => {
    set.y[row] = row % 4;
  });
  const all = Int32Array.from({ length: n }, (_, row) => row);
  const jitter = drawJitter(3, n, size);

  it('are rows of one picture under two jitters, by their labels', () => {
    expect([...twinsByLabel(jittered(set, jitter, all, all))]).toEqual([0, 0, 0, 0]);
    const copied = all.slice();
    for (let copy = 0; copy < 10; copy++) copied[200 + 4 * copy] = 4 * copy + 1; // labels are those of the copied rows
    expect([...twinsByLabel(jittered(set, jitter, copied, all))]).toEqual([0, 20, 0, 0]);
  });

  it('are those that a comparison of all rows with all finds', () => {
    const copied = all.map((row) => (row % 5 === 0 ? (row + 5) % 50 : row));
    const train = jittered(set, jitter, copied, all);
    const rows = [...all].map((row) => {
      const own = [...train.x.subarray(row * size, (row + 1) * size)];
      const norm = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0));
      return own.map((value) => value / norm);
    });
    const counts = [0, 0, 0, 0];
    for (const [row, one] of rows.entries())
      if (
        rows.some(
          (other, at) =>
            at !== row && other.reduce((sum, value, i) => sum + (value - one[i]!) ** 2, 0) < twinDistance ** 2,
        )
      )
        counts[train.y[row]!]!++;
    expect([...twinsByLabel(train)]).toEqual(counts);
  });
});
