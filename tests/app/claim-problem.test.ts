import { expect, it } from 'vitest';
import { claimProblem } from '../../app/submissions/new/claim-problem.ts';

it.each([
  ['1,5', '1e-5', 'Claimed ε: a number above 0 is wanted, such as 1.5; “1,5” came.'],
  ['-1', '1e-5', 'Claimed ε: a number above 0 is wanted, such as 1.5; “-1” came.'],
  ['1e999', '1e-5', 'Claimed ε: a number above 0 is wanted, such as 1.5; “1e999” came.'],
  ['', '1e-5', 'Claimed ε: a number above 0 is wanted, such as 1.5; nothing came.'],
  ['1.5', ' ', 'At δ: a number between 0 and 1 is wanted, such as 1e-5; nothing came.'],
  ['1.5', '1', 'At δ: a number between 0 and 1 is wanted, such as 1e-5; “1” came.'],
  ['1.5', '1e-5', null],
  ['', ' ', null],
])('of a claim typed as %j at %j is said what is wanted and what came', (epsilon, delta, sentence) =>
  expect(claimProblem({ epsilon, delta })).toBe(sentence),
);
