import { afterAll, describe, expect, it } from 'vitest';
import { cheatEnd, type SecondCheat, secondCheatIds, secondCheats } from '../../lib/catalog/cheats-2.ts';
import { smoke2 as suite } from '../../lib/catalog/suites/smoke-2.ts';
import { secondCheatCode } from '../support/cheat-code-2.ts';
import { cheatLab } from '../support/cheat-lab.ts';
import { requires } from '../support/requires.ts';

describe.runIf(requires('bubblewrap', 'fashion-mnist'))('cheats on smoke-2, each trained and scored', () => {
  const lab = cheatLab(suite);
  const table: string[][] = [];
  afterAll(() => {
    const lines = [['cheat', 'holds', 'mean', 'worst', 'gain', 'utility', 'flags', 'ends'], ...table];
    process.stdout.write(`${lines.map((line) => line.join(' | ')).join('\n')}\n`);
  });

  it.each(secondCheatIds)('%s ends as the table says', { timeout: 1_800_000 }, async (id) => {
    const scores = await lab.evaluated(lab.written(id, await secondCheatCode(id, suite, lab.engine().tf)));
    const cheat: SecondCheat = secondCheats[id];
    const { mean, worst, gain, utility, flags } = scores;
    const end = cheatEnd({ mean: mean!, gain: gain!, flags });
    const numbers = [mean, worst, gain, utility].map((estimate) => estimate?.value.toFixed(3) ?? '–');
    table.push([id, cheat.holds, ...numbers, flags.join(' ') || '–', end]);
    expect({ ends: end, flags }).toEqual({ ends: cheat.ends, flags: cheat.flags });
    expect(Math.abs(mean!.value - cheat.mean)).toBeLessThan(0.06); // engines and processors differ by a target in twenty
    expect(Math.abs(gain!.value - cheat.gain)).toBeLessThan(0.06);
  });
});
