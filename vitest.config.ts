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
/** A group of test files. Those of a later order begin when the earlier ones have ended. */
const group = (name: string, include: string[], exclude: string[] = [], groupOrder = 0) => ({
  extends: true as const,
  test: { name, include, exclude, sequence: { groupOrder } },
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
      group('quick', ['tests/**/*.test.ts'], [...slow, ...own, ...alone]),
      group('slow', slow, [...own, ...alone]),
      // They train on every core, beside nothing else.
      group('whole', [whole], [], 1),
      group('whole-in-javascript', [wholeInJavascript], [], 1),
      ...longLanes.map(({ id }) => group(id, [`tests/${id}/**/*.test.ts`], [], 1)),
    ],
  },
});
