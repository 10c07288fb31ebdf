import { expect, it } from 'vitest';
import { differences } from '../../../lib/scoring/differences.ts';
import { verifyTable } from '../../../runner/terminal/verify-table.ts';
import { trial } from '../../support/toy-suite.ts';

const recorded = [trial('flip', 0.1, 0, 0.5), trial('flip', 0.1, 1, 0.6), trial('patch', 0.01, 0, 0.7)];

it('a trial run again is the recorded one whatever it cost', () => {
  const again = recorded.map((one) => ({ ...one, seconds: 99, undefendedSeconds: 3, peakBytes: 1 }));
  expect(differences(recorded, again)).toEqual([]);
  expect(verifyTable(recorded, again).split('\n').slice(1, -1)).toEqual([
    'flip      2       2',
    'patch     1       1',
    'all       3       3',
  ]);
});

it('names each number that differs in the last bit', () => {
  const again = [
    recorded[0]!,
    { ...recorded[1]!, robustAccuracy: recorded[1]!.robustAccuracy! + 2 ** -53, cleanAccuracy: 0.25 },
  ];
  expect(differences(recorded, again).map(({ metric, again: { seed } }) => [metric, seed])).toEqual([
    ['cleanAccuracy', 1],
    ['robustAccuracy', 1],
  ]);
  expect(verifyTable(recorded, again)).toMatch(/^flip +2 +1 +clean accuracy 0\.\d{4}, seed 1$/m);
});

it('says of another outcome what it was and what it is', () => {
  const again = [
    {
      ...recorded[0]!,
      outcome: 'timed-out' as const,
      detail: 'It ran too long.',
      cleanAccuracy: null,
      robustAccuracy: null,
    },
  ];
  expect(verifyTable(recorded, again)).toContain('outcome: recorded scored, now timed-out');
});

it('a trial of which there is no record is an error, not a match', () => {
  expect(() => differences(recorded.slice(1), recorded)).toThrow(/no record of trial/);
});
