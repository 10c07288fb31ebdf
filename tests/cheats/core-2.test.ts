import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type SecondCheatId, secondCheatIds } from '../../lib/catalog/cheats-2.ts';
import { type CheatOnCore2, seedsOnCore2, cheatsOnCore2 as table } from '../../lib/catalog/cheats-on-core-2.ts';
import { core2 as suite } from '../../lib/catalog/suites/core-2.ts';
import { harness } from '../../runner/host/harness.ts';
import { secondCheatCode } from '../support/cheat-code-2.ts';
import { cheatLab } from '../support/cheat-lab.ts';
import { requires } from '../support/requires.ts';
import { roundedEstimate } from '../support/rounded.ts';

const within = 0.06; // engines and processors differ by a target in twenty

describe.runIf(requires('bubblewrap', 'fashion-mnist'))('cheats on core-2, each trained and scored', () => {
  const lab = cheatLab(suite);
  const cheats: Partial<Record<SecondCheatId, CheatOnCore2>> = {};
  const write = () => {
    const { backend, version } = lab.engine().engine;
    const [engine, date] = [`${backend} ${version}`, new Date().toISOString().slice(0, 10)];
    const made = { engine, harness: harness().digest, date, cheats };
    mkdirSync(new URL('../.out/', import.meta.url), { recursive: true });
    writeFileSync(new URL('../.out/cheats-on-core-2.json', import.meta.url), `${JSON.stringify(made, null, 2)}\n`);
  };

  it.each(secondCheatIds)('%s ends as the table says', { timeout: 7_200_000 }, async (id) => {
    const module = lab.written(id, await secondCheatCode(id, suite, lab.engine().tf));
    const { mean, gain, flags } = await lab.evaluated(module, seedsOnCore2(id));
    cheats[id] = { mean: roundedEstimate(mean!), gain: roundedEstimate(gain!), flags };
    write();
    const wanted = table.cheats[id];
    expect(flags).toEqual(wanted.flags);
    expect(mean!.n).toBe(wanted.mean.n);
    expect(Math.abs(mean!.value - wanted.mean.value)).toBeLessThan(within);
    expect(Math.abs(gain!.value - wanted.gain.value)).toBeLessThan(within);
  });
});
