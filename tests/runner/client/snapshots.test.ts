import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSeasonSuite, seasonOfSuite } from '../../../lib/catalog/seasons.ts';
import { suiteNamed } from '../../../lib/catalog/suites/index.ts';
import { sha256 } from '../../../lib/contract/canonical.ts';
import type { Reference } from '../../../lib/contract/report.ts';
import { disclosureDefect, hiddenDataset } from '../../../lib/contract/season.ts';
import { openSnapshot, type SnapshotRow } from '../../../lib/contract/snapshot.ts';
import type { Suite } from '../../../lib/contract/suite.ts';
import { trialKey, trialsOf } from '../../../lib/contract/suite.ts';
import { defectOf } from '../../../lib/scoring/defect.ts';
import { referenceOf } from '../../../lib/scoring/references.ts';
import { committedRows, committedSeasons } from '../../../runner/client/snapshots.ts';
import { baselineNamed } from '../../../runner/defenses/index.ts';
import { projectDir } from '../../../runner/host/dist.ts';
import { built } from '../../support/built.ts';

built();
const rows = committedRows();
const seasons = committedSeasons().map(({ season }) => season);

/** The suite that a row is on, and the undefended numbers that came with the software or with the season. */
function published(row: SnapshotRow): { suite: Suite; reference: Reference; dataset: (of: string) => string } {
  const season = seasons.find(({ name }) => name === seasonOfSuite(row.suite.id));
  if (!season) {
    const suite = suiteNamed(row.suite.id);
    return { suite, reference: referenceOf(suite, row.engine.backend)!, dataset: (of) => of };
  }
  const { commitment, disclosure } = season;
  const { draw } = disclosure!.committed;
  return {
    suite: findSeasonSuite(row.suite.id, commitment!)!,
    reference: disclosure!.references.find(({ engine }) => engine.backend === row.engine.backend)!,
    dataset: (of) => (of === hiddenDataset ? draw.dataset : of),
  };
}

it('the reference table of core-1 has the row of no defense, with which all others are compared', () => {
  expect(rows.map(({ baseline, suite }) => [baseline, suite.id])).toContainEqual(['none', 'core-1']);
});

describe.each(rows)('the row of $baseline on $suite.id, $engine.backend', (row) => {
  const { suite } = published(row);
  const trials = async () => (await openSnapshot(row)).flatMap(({ result }) => result.trials);

  it('lies where it is looked for, is signed, whole, and of the published suite and the text that the defense has today', async () => {
    expect(
      existsSync(join(projectDir, 'drizzle/snapshots', row.suite.id, row.engine.backend, `${row.baseline}.json`)),
    ).toBe(true);
    expect(row.suite.digest).toBe(suite.digest);
    expect(await sha256(baselineNamed(row.baseline).code)).toBe(row.module.sha256);
    expect(defectOf(suite, trialsOf(suite), await trials(), row.module.kind, 'stored')).toBeNull();
    expect(
      row.jobs
        .map(({ endedAt }) => endedAt)
        .sort()
        .at(-1),
    ).toBe(row.computed);
  });

  it('was run in a jail, and every trial of it is scored', async () => {
    expect((await openSnapshot(row)).every(({ result }) => result.jailed)).toBe(true);
    expect((await trials()).filter(({ outcome }) => outcome !== 'scored')).toEqual([]);
  });
});

it.each(rows.filter(({ baseline }) => baseline === 'none'))(
  'no defense, by queue, runner and jail, is the committed reference to the last bit: $engine.backend',
  async (row) => {
    const { reference, dataset } = published(row);
    const { cells, clean } = reference;
    const attacked = new Map(cells.map((cell) => [trialKey(cell), cell]));
    for (const { result } of await openSnapshot(row))
      for (const trial of result.trials) {
        const cell = attacked.get(trialKey(trial));
        const run = clean.find(
          (run) => run.dataset === dataset(trial.dataset) && run.model === trial.model && run.seed === trial.seed,
        )!;
        expect([trial.robustAccuracy, trial.cleanAccuracy, trial.attackSuccess]).toEqual(
          cell ? [cell.attacked, cell.accuracy, cell.success] : [null, run.accuracy, null],
        );
      }
  },
);

it.each(seasons)('season $name is closed, and is what it was committed to', async ({ commitment, disclosure }) => {
  expect(await disclosureDefect(commitment!, disclosure!)).toBeNull();
});
