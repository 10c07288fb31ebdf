import { expect, test } from 'vitest';
import type { Weights } from '../../../lib/contract/defense.ts';
import { voteClock } from '../../../runner/trial/vote-clock.ts';

const ensemble = (count: number) =>
  Array.from({ length: count }, (): Weights => [{ name: 'bias', shape: [1], data: new Float32Array(1) }]);

/** Members that take two seconds each. */
function slow(limitSeconds: number) {
  let time = 0;
  let asked = 0;
  const clock = voteClock(limitSeconds, () => time);
  const labels = (count: number) =>
    clock.labels(ensemble(count), () => {
      time += 2;
      asked++;
      return new Int32Array(1);
    });
  return { labels, seconds: clock.seconds, asked: () => asked };
}

test('a model alone is predicted with at no cost to the module', () => {
  const votes = slow(0);
  expect(votes.labels(1)).toHaveLength(1);
  expect(votes.seconds()).toBe(0);
});

test('the members of an ensemble beyond the first cost the module their time', () => {
  const votes = slow(8);
  expect(votes.labels(5)).toHaveLength(5);
  expect(votes.seconds()).toBe(8);
});

test('an ensemble whose votes take longer than the trial may is timed out, and no more members are asked', () => {
  const votes = slow(9);
  expect(() => votes.labels(400)).toThrow(/^timed-out: The votes of 400 sets of weights took longer than the 9 s/);
  expect([votes.asked(), votes.seconds()]).toEqual([6, 10]);
});

test('several sets of rows share one clock', () => {
  const votes = slow(7);
  votes.labels(3);
  expect(() => votes.labels(3)).toThrow(/timed-out/);
});
