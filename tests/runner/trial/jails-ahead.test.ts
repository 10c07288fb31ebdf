import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { OpenJail } from '../../../runner/jail/jail.ts';
import { jailsAhead, roomForJailsAhead } from '../../../runner/trial/jails-ahead.ts';

/** Jails that are numbered as they are opened, and say what became of them; those of the numbers given can't be had. */
function numbered(...failing: number[]) {
  const events: string[] = [];
  let count = 0;
  const open = async (): Promise<OpenJail> => {
    const number = count++;
    events.push(`open ${number}`);
    if (failing.includes(number)) throw new Error(`no jail ${number}`);
    const close = async () => void events.push(`close ${number}`);
    return { job: `${number}`, run: () => Promise.reject(new Error('not here')), close };
  };
  return { open, events };
}

test('each trial has a jail of its own, and the next one opens when a trial takes its', async () => {
  const { open, events } = numbered();
  const jails = jailsAhead(open);
  expect(events).toEqual(['open 0']);
  for (const number of [0, 1, 2]) {
    expect((await jails.next()).job).toBe(`${number}`);
    expect(events.at(-1)).toBe(`open ${number + 1}`);
  }
});

test('two that are wanted at once have one each, and one opens ahead, not two', async () => {
  const { open, events } = numbered();
  const jails = jailsAhead(open);
  expect((await Promise.all([jails.next(), jails.next()])).map(({ job }) => job)).toEqual(['0', '1']);
  await jails.close();
  expect(events).toEqual(['open 0', 'open 1', 'open 2', 'close 2']);
});

test('the one that nobody took is closed in the end, and no other', async () => {
  const { open, events } = numbered();
  const jails = jailsAhead(open);
  await jails.next();
  await jails.close();
  expect(events).toEqual(['open 0', 'open 1', 'close 1']);
});

test('one that could not be opened fails the trial that wanted it, and the trial after that opens its own', async () => {
  const { open, events } = numbered(1);
  const jails = jailsAhead(open);
  await jails.next();
  await setImmediate(); // nobody has asked for it yet, and its failure is no unhandled rejection
  await expect(jails.next()).rejects.toThrow('no jail 1');
  expect((await jails.next()).job).toBe('2');
  expect(events).toEqual(['open 0', 'open 1', 'open 2', 'open 3']);
});

test('where the one ahead can not be had, closing is no failure', async () => {
  const jails = jailsAhead(numbered(0).open);
  await jails.close();
});

test('they open ahead where a core is left beside the trials', () => {
  expect(roomForJailsAhead(availableParallelism())).toBe(false);
  expect(roomForJailsAhead(availableParallelism() - 1)).toBe(true);
});
