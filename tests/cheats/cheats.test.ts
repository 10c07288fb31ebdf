import { describe, expect, it } from 'vitest';
import { cheatIds, cheatsMeasured } from '../../lib/catalog/cheats.ts';
import type { Scores } from '../../lib/contract/report.ts';
import { expectNear, onCheats } from '../support/cheats.ts';
import { requires } from '../support/requires.ts';

describe.runIf(requires('bubblewrap', 'fashion-mnist'))('cheats, each trained and scored', () => {
  const { evaluated, expectAsInTable } = onCheats();
  let dpSgd: Scores;

  it('DP-SGD, which they are held against, has the numbers that are shown', { timeout: 900_000 }, async () => {
    dpSgd = await evaluated('dp-sgd');
    expectNear(dpSgd, cheatsMeasured.reference);
  });

  it.each(cheatIds)('%s ends as the table says', { timeout: 900_000 }, (id) => {
    expect(dpSgd.mean).not.toBeNull();
    return expectAsInTable(id, dpSgd.mean!.value);
  });
});
