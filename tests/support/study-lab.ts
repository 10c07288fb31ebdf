import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { results } from '../../lib/studies/paper/index.ts';
import { type Lab, openLab } from '../../runner/paper/lab.ts';
import { openEngine } from '../../runner/train/tf.ts';

/** A lab for the tests of one group; `lab()` stands for it. */
export function onLab(): () => Lab {
  const kept = mkdtempSync(join(tmpdir(), 'antidote-paper-'));
  let lab: Lab;
  beforeAll(async () => {
    lab = openLab(await openEngine('auto'), kept, new AbortController().signal);
  });
  afterAll(() => rmSync(kept, { recursive: true, force: true }));
  return () => lab;
}

/**
 * On the same engine and processor a run is the committed one to the last digit. Elsewhere the draws are the same and
 * the sums are not, which moves a few test rows of 2,000.
 */
export function expectSame<Run extends { best: number }>(
  { engine }: Lab,
  part: keyof typeof results,
  run: Run,
  committed: Run | undefined,
): void {
  if (JSON.stringify(engine) === JSON.stringify(results[part]!.engine)) expect(run).toEqual(committed);
  else expect(Math.abs(run.best - committed!.best)).toBeLessThan(0.01);
}
