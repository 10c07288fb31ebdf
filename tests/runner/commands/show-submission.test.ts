import { afterEach, expect, it, vi } from 'vitest';
import type { Submission } from '../../../runner/client/submission.ts';
import { show } from '../../../runner/commands/show-submission.ts';

afterEach(() => vi.restoreAllMocks());

const queued: Submission = {
  id: '00000000-0000-4000-8000-000000000000',
  name: 'Mine',
  state: 'queued',
  position: 2,
  progress: 0,
  minutesLeft: 34,
  waiting: null,
  trials: [],
  scores: null,
};

it.each([
  [{}, 'queued, 2 in line, about 40 min'],
  [{ minutesLeft: null }, 'queued, 2 in line, no estimate yet'],
  [{ waiting: 'No runner has the Python set torch; it waits until one has.' }, 'queued. No runner has the Python set'],
])('a queued submission with %j says when it may begin, or that nobody can take it', (more, words) => {
  let out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  expect(show({ ...queued, ...more }, false)).toBe(0);
  expect(out).toContain(`Mine (${queued.id}): ${words}`);
});
