import { expect, it } from 'vitest';
import { canaryFile, canaryOf, copiesIn } from '../../../runner/craft/season/canary.ts';
import { disclosureFor } from '../../support/season.ts';

it('a row of a canary names the one copy that it is from, wherever it stands in a file, and other files name none', async () => {
  const { committed } = await disclosureFor();
  const runners = ['a', 'b', 'c'];
  const [a, b] = runners.map((runner) => canaryOf(committed, runner)) as [Uint8Array, Uint8Array];
  expect(canaryOf(committed, 'a')).toEqual(a);
  expect(copiesIn(canaryFile(b), committed, runners)).toEqual(['b']);
  const pieced = Buffer.concat([Buffer.from('x'), b.subarray(1024, 2048), a.subarray(100, 900)]); // a row, and a part of one
  expect(copiesIn(pieced, committed, runners)).toEqual(['b']);
  expect(copiesIn(Buffer.alloc(100_000), committed, runners)).toEqual([]);
  expect(copiesIn(canaryFile(b), (await disclosureFor()).committed, runners)).toEqual([]);
});
