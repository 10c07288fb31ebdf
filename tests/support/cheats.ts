import { expect } from 'vitest';
import { type Cheat, type CheatId, type CheatVerdict, cheats, cheatsMeasured } from '../../lib/catalog/cheats.ts';
import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import type { Scores } from '../../lib/contract/report.ts';
import { cheatCode } from './cheat-code.ts';
import { cheatLab } from './cheat-lab.ts';

export const suite = suiteNamed(cheatsMeasured.suite);

/** Engines and processors differ by a target in twenty. */
const within = { mean: 0.06, worst: 0.1 };

/** The cheats of the table, on the first seed. */
export function onCheats() {
  const lab = cheatLab(suite, 1);
  return {
    ...lab,
    /** Evaluates a cheat and holds it against its row of the table, and against a mean of DP-SGD. */
    async expectAsInTable(id: CheatId, dpSgdMean: number): Promise<void> {
      const { verdict, flags, mean, worst }: Cheat = cheats[id];
      const scores = await lab.evaluated(lab.written(id, await cheatCode(id, lab.engine().tf)));
      expect({ verdict: verdictOf(scores, dpSgdMean), flags: scores.flags }).toEqual({ verdict, flags });
      expectNear(scores, { mean, worst });
      if (id === 'early-stopper') expect(scores.gain!.value).toBeLessThanOrEqual(0);
    },
  };
}

export function expectNear(scores: Scores, wanted: { mean: number; worst: number }): void {
  expect(Math.abs(scores.mean!.value - wanted.mean)).toBeLessThan(within.mean);
  expect(Math.abs(scores.worst!.value - wanted.worst)).toBeLessThan(within.worst);
}

/** Where its numbers put a row beside DP-SGD's. */
const verdictOf = ({ mean, flags }: Scores, dpSgdMean: number): CheatVerdict | 'unstopped' =>
  mean!.value <= dpSgdMean ? 'below' : flags.includes('embeds-data') ? 'flagged' : 'unstopped';
