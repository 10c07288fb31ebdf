import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { HarnessFault } from '../../../../runner/errors.ts';
import { command } from '../../../../runner/train/engine/command.ts';

const run = (program: string, ...args: string[]) => command(program, args, tmpdir(), 10_000);

test('a program that is missing is named', async () => {
  const failing = run('antidote-no-such-program');
  await expect(failing).rejects.toBeInstanceOf(HarnessFault);
  await expect(failing).rejects.toThrow(/needs antidote-no-such-program, which is not installed/);
});

test('a command that fails is given whole, with the last thing it said', async () => {
  await expect(
    run(process.execPath, '-e', 'console.error("first"); console.error("the reason"); process.exit(7)'),
  ).rejects.toThrow(/exit 7\): .*the reason/);
});

test('python without pip is told how to get it', async () => {
  await expect(
    run(process.execPath, '-e', 'console.error("/usr/bin/python3: No module named pip"); process.exit(1)'),
  ).rejects.toThrow(/apt-get install python3-pip/);
});

test('a command that works says nothing', async () => {
  await expect(run(process.execPath, '-e', '')).resolves.toBeUndefined();
});
