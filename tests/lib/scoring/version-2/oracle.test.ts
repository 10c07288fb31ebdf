import { describe, expect, it } from 'vitest';
import { countedCells } from '../../../../lib/scoring/cells.ts';
import { naiveScores } from '../../../support/naive-score-2.ts';
import { entryOf, referenceOf, scored, suite } from '../../../support/toy-suite-2.ts';

const near = (value: number) => expect.closeTo(value, 6); // the oracle's t has seven digits
const clipped = (value: number) => near(Math.max(-1, Math.min(1, value)));
const names = Array.from({ length: 12 }, (_, at) => `board ${at}`);

describe.each(names)('on %s a second implementation, written from the text, says the same', (name) => {
  const reference = referenceOf(name);
  const trials = entryOf(name);
  const naive = naiveScores(suite, reference, trials);
  const scores = scored(trials, reference);

  it('of which cells count', () =>
    expect(countedCells(suite, reference).map(({ scenario, budget }) => `${scenario} ${budget}`)).toEqual(
      Object.keys(naive.rho),
    ));

  it('of families, mean and worst, with their intervals', () => {
    for (const [family, value] of Object.entries(naive.families))
      expect(scores.families[family]).toMatchObject({
        value: near(value),
        low: clipped(value - naive.reach.families[family]!),
        high: clipped(value + naive.reach.families[family]!),
        n: 10,
      });
    expect(scores.mean).toMatchObject({
      value: near(naive.mean),
      low: clipped(naive.mean - naive.reach.mean),
      high: clipped(naive.mean + naive.reach.mean),
    });
    expect(scores.worst).toMatchObject({
      value: near(naive.worst),
      low: clipped(naive.worst - naive.reach.worst),
      high: clipped(naive.worst + naive.reach.worst),
    });
  });

  it('of the gain, in the mean and in each family', () => {
    expect(scores.gain!.value).toEqual(near(naive.gain));
    for (const [family, value] of Object.entries(naive.gains))
      expect(scores.gains![family]!.value).toEqual(near(value));
  });
});
