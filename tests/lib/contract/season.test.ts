import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Committed, commitmentOf, SeasonName } from '../../../lib/contract/season.ts';

const sum = (digit: string) => `sha256:${digit.repeat(64)}` as const;
const committed: Committed = {
  salt: 'a'.repeat(64),
  draw: { plan: 'core', dataset: 'emnist-letters', seed: 'b'.repeat(64) },
  data: { 'train.bin': sum('1'), 'test.bin': sum('2') },
  manifest: sum('3'),
  references: { wasm: sum('4'), tensorflow: sum('5') },
  gates: sum('6'),
  scoring: 2,
};

describe('the commitment of a season', () => {
  it('is the sha256 of the canonical JSON of all that it names, as anybody can compute it', async () => {
    const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];
    const text =
      `{"data":{"test.bin":"${sum('2')}","train.bin":"${sum('1')}"},` +
      `"draw":{"dataset":"emnist-letters","plan":"core","seed":"${b}"},"gates":"${sum('6')}","manifest":"${sum('3')}",` +
      `"references":{"tensorflow":"${sum('5')}","wasm":"${sum('4')}"},"salt":"${a}","scoring":2}`;
    expect(await commitmentOf(committed)).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`);
  });

  it('changes with each part, and holds nothing else', async () => {
    const changes: Partial<Committed>[] = [
      { salt: 'c'.repeat(64) },
      { draw: { ...committed.draw, seed: 'c'.repeat(64) } },
      { draw: { ...committed.draw, dataset: 'cifar-10' } },
      { data: { 'train.bin': sum('1') } },
      { manifest: sum('7') },
      { references: { wasm: sum('4') } },
      { gates: sum('7') },
      { scoring: 1 },
    ];
    const all = await Promise.all([{}, ...changes].map((change) => commitmentOf({ ...committed, ...change })));
    expect(new Set(all).size).toBe(all.length);
    await expect(commitmentOf({ ...committed, more: 1 } as Committed)).rejects.toThrow();
  });
});

it('a season is named after a month, with a letter for another one of it', () => {
  for (const name of ['2026-12', '2027-01', '2026-12-b']) expect(SeasonName.parse(name)).toBe(name);
  for (const name of ['2026-13', '2026-00', '2026-1', '26-12', '2026-12-a', '2026-12-B', '2026-12/..', ''])
    expect(SeasonName.safeParse(name).success).toBe(false);
});
