import { execFile, spawn } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PythonSet } from '../../../lib/contract/runtime.ts';
import { HarnessFault } from '../../errors.ts';
import { projectDir } from '../dist.ts';
import { childEnvironment } from '../env.ts';
import { withLock } from '../file-lock.ts';
import { dataPath } from '../places.ts';
import { findPython, wantedPython } from './find-python.ts';
import { findSet, lockDigest, lockFile, MadeSet, packagesFolder, setFolder } from './set-folder.ts';

/**
 * Makes a set of packages by its lock file, or leaves it as it is where that was done. A set that was broken off is
 * begun anew; what was downloaded is kept by the installer. Returns whether there was something to do. Throws
 * HarnessFault with what to do.
 */
export async function makeSet(set: PythonSet, say: (what: string) => void, signal: AbortSignal): Promise<boolean> {
  if (!('problem' in findSet(set))) return false;
  mkdirSync(dataPath('python'), { recursive: true });
  return withLock(`${setFolder(set)}.lock`, signal, async () => {
    if (!('problem' in findSet(set))) return false; // another process made it meanwhile
    const python = findPython();
    if (!python) throw new HarnessFault(`${wantedPython} is wanted; apt-get install python3 python3-pip brings one.`);
    const partial = `${setFolder(set)}.partial`;
    rmSync(partial, { recursive: true, force: true });
    const packages = join(partial, 'packages');
    for (const folder of [packages, join(partial, 'empty')]) mkdirSync(folder, { recursive: true });
    const [program, ...words] = await installer(python.executable, set, packages, signal);
    say(`installing by ${words.includes('pip') && program === python.executable ? 'pip' : 'uv'}`);
    await run(program!, words, say, signal);
    say('compiling');
    await run(python.executable, ['-m', 'compileall', '-qq', '-j', '0', packages], say, signal, [0, 1]); // some packages hold files for other versions
    rmSync(setFolder(set), { recursive: true, force: true });
    renameSync(partial, setFolder(set));
    say('looking at what it needs');
    const described = await answerOf(
      python.executable,
      ['-S', '-s', '-B', join(projectDir, 'runner/host/python/describe.py'), packagesFolder(set)],
      {
        signal,
        timeout: 120_000,
        env: childEnvironment({ OMP_NUM_THREADS: '1' }, { secrets: false }) as NodeJS.ProcessEnv,
      },
    );
    if ('failed' in described)
      throw new HarnessFault(
        described.timedOut
          ? `The Python set ${set} said nothing in two minutes; run this again when the machine has less to do.`
          : `The Python set ${set} does not work: ${described.failed}.`,
      );
    const made = MadeSet.parse({ set, lock: lockDigest(set), ...JSON.parse(described.out) });
    writeFileSync(join(setFolder(set), 'set.json.new'), `${JSON.stringify(made, null, 2)}\n`);
    renameSync(join(setFolder(set), 'set.json.new'), join(setFolder(set), 'set.json'));
    return true;
  });
}

/** uv where it is, which is faster; else pip. Nothing is built, and nothing installed whose hash is not in the lock. */
async function installer(python: string, set: PythonSet, packages: string, signal: AbortSignal): Promise<string[]> {
  const exactly = [
    '--require-hashes',
    '--no-deps',
    '--only-binary',
    ':all:',
    '-r',
    lockFile(set),
    '--target',
    packages,
  ];
  const answers = async (program: string, words: readonly string[] = []) => {
    const answer = await answerOf(program, [...words, '--version'], { signal, timeout: 120_000 });
    // A busy machine is slow to start a program that is there.
    if ('failed' in answer && answer.timedOut)
      throw new HarnessFault(
        `'${[program, ...words].join(' ')} --version' did not answer in two minutes; try again later.`,
      );
    return !('failed' in answer);
  };
  for (const [uv, ...words] of [['uv'], [python, '-m', 'uv']] as const)
    if (await answers(uv, words)) return [uv, ...words, 'pip', 'install', '--python', python, ...exactly];
  if (!(await answers(python, ['-m', 'pip'])))
    throw new HarnessFault(`${python} has no pip; apt-get install python3-pip brings it, or install uv.`);
  return [python, '-m', 'pip', 'install', '--no-compile', '--progress-bar', 'off', '--retries', '2', ...exactly];
}

/** What a program prints, or the last line of what it says is wrong. The signal's reason where that ended it. */
async function answerOf(
  program: string,
  words: readonly string[],
  options: { signal: AbortSignal; timeout: number; env?: NodeJS.ProcessEnv },
): Promise<{ out: string } | { failed: string; timedOut: boolean }> {
  try {
    return { out: (await promisify(execFile)(program, words, { ...options, killSignal: 'SIGKILL' })).stdout };
  } catch (error) {
    options.signal.throwIfAborted();
    const { stderr, message, killed } = error as Error & { stderr?: string; killed?: boolean };
    return { failed: (stderr?.trim() || message).split('\n').at(-1)!, timedOut: killed ?? false };
  }
}

async function run(
  program: string,
  words: readonly string[],
  say: (what: string) => void,
  signal: AbortSignal,
  good: readonly number[] = [0],
): Promise<void> {
  signal.throwIfAborted();
  const child = spawn(program, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: childEnvironment({}, { secrets: false }),
    signal,
    killSignal: 'SIGKILL',
  });
  let last = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      last = text.trim().split('\n').at(-1) || last;
      if (last) say(last.slice(0, 100));
    });
  const code = await new Promise<number | Error | null>((done) => child.on('error', done).on('close', done));
  signal.throwIfAborted();
  if (!(typeof code === 'number' && good.includes(code)))
    throw new HarnessFault(`${program} ${words.slice(0, 3).join(' ')} failed (${last || code}); run this again.`);
}
