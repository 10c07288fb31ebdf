import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { longLanes } from './runner/lanes/lanes.ts';
import measured from './tests/seconds.json' with { type: 'json' };

const root = fileURLToPath(new URL('.', import.meta.url));

/** Seconds that a test file took when it was last measured; one that is not known took less than one, or is new. */
const seconds: Readonly<Record<string, number>> = measured;
const slow = Object.keys(seconds).filter((path) => seconds[path]! >= 2);

/** The longest files first, so that no core waits for the last one. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const of = ({ moduleId }: TestSpecification) => seconds[relative(root, moduleId)] ?? 0;
    return [...files].sort((a, b) => of(b) - of(a));
  }
}

const whole = 'tests/e2e/path.test.ts';
const wholeInJavascript = 'tests/e2e/path-in-javascript.test.ts';
const alone = [whole, wholeInJavascript];
const own = longLanes.map(({ id }) => `tests/${id}/**`);

/** What a process has once: an engine, its variables, modules that are exchanged. */
const changesProcess = /\bopenEngine\b|process\.env|vi\.(?:do)?[mM]ock\(|vi\.stub/;
const needOwnProcess = readdirSync('tests', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts'))
  .map((path) => `tests/${path}`)
  .filter((path) => changesProcess.test(readFileSync(path, 'utf8')));

/** A group of test files. Those of a later order begin when the earlier ones have ended. */
const group = (name: string, include: string[], exclude: string[] = [], { groupOrder = 0, isolate = true } = {}) => ({
  extends: true as const,
  test: { name, include, exclude, isolate, sequence: { groupOrder } },
});

export default defineConfig({
  resolve: {
    alias: {
      '@/': root,
      'server-only': `${root}tests/support/server-only.ts`,
      'next/headers': `${root}tests/support/next-headers.ts`,
    },
  },
  test: {
    testTimeout: 300_000, // against hanging, not a verdict: a busy machine takes its time
    hookTimeout: 300_000,
    maxWorkers: 3, // for two cores: files wait for programs, databases and clocks
    sequence: { sequencer: LongestFirst },
    globalSetup: 'tests/support/build-before.ts',
    projects: [
      // Most of their time goes into loading modules, so they share what is loaded.
      group('quick', ['tests/**/*.test.ts'], [...slow, ...own, ...alone, ...needOwnProcess], { isolate: false }),
      group('quick-apart', needOwnProcess, [...slow, ...own, ...alone]),
      group('slow', slow, [...own, ...alone]),
      // They train on every core, beside nothing else. Beside the others they took longer than after them.
      group('whole', [whole], [], { groupOrder: 1 }),
      group('whole-in-javascript', [wholeInJavascript], [], { groupOrder: 1 }),
      ...longLanes.map(({ id }) => group(id, [`tests/${id}/**/*.test.ts`], [], { groupOrder: 1 })),
    ],
  },
});
