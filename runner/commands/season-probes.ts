import { join } from 'node:path';
import { HonestProbes } from '../../lib/catalog/honest-probes.ts';
import { seasonSuiteId } from '../../lib/catalog/seasons.ts';
import type { Reference } from '../../lib/contract/report.ts';
import { openSnapshot, type SnapshotRow } from '../../lib/contract/snapshot.ts';
import { type ProbeFinding, probeFindings } from '../../lib/scoring/probes.ts';
import { committedRows, committedSeasons } from '../client/snapshots.ts';
import { UsageError } from '../errors.ts';
import { projectDir } from '../host/dist.ts';
import { writeNamed } from '../host/write-named.ts';
import { tell } from '../terminal/tell.ts';
import { nameOf } from './season-open.ts';

/** Writes down, for the page /integrity, what the committed rows of a season gave in its honesty probes. */
export async function seasonProbes(words: string): Promise<number> {
  const name = nameOf(words);
  const path = join(projectDir, 'lib/catalog/honest-probes.json');
  await writeNamed(path, `${JSON.stringify(await honestProbesOf(name), null, 2)}\n`);
  tell(path);
  return 0;
}

/** The same as data. Throws UsageError where nothing of the season is committed. */
export async function honestProbesOf(season: string): Promise<HonestProbes> {
  const rows = await probesOfRows(season);
  const honest = rows.filter(({ control }) => !control);
  return HonestProbes.parse({
    season,
    engines: [...new Set(honest.map(({ engine }) => engine))],
    seeds: Math.max(...honest.flatMap(({ findings }) => findings.map(({ values }) => values.length))),
    defenses: honest.map(({ baseline }) => baseline),
    controls: rows.filter(({ control }) => control).map(({ baseline }) => baseline),
    probes: {
      oldNames: most(honest, 'renamed-classes', 'seed-ignored'),
      shuffled: most(honest, 'shuffled-labels', 'learns-from-nothing'),
      otherNames: most(honest, 'other-world', 'learns-from-nothing'),
      lost: most(honest, 'other-world', 'lost-in-another-world'),
      fewRows: most(honest, 'few-rows', 'learns-from-nothing'),
    },
  });
}

/** What one row gave in the honesty probes. */
export type ProbesOfRow = { baseline: string; control: boolean; engine: string; findings: ProbeFinding[] };

/** Of each committed row of the season, whose results are signed by its runner. */
export async function probesOfRows(season: string): Promise<ProbesOfRow[]> {
  const { rows, references } = committed(season);
  return Promise.all(
    rows.map(async (row) => {
      const undefended = references.find(({ engine }) => engine.backend === row.engine.backend);
      if (!undefended) throw new RangeError(`season ${season} has no undefended numbers of ${row.engine.backend}`);
      const trials = (await openSnapshot(row)).flatMap(({ result }) => result.trials);
      return {
        baseline: row.baseline,
        control: row.module.kind === 'control',
        engine: `${row.engine.backend} ${row.engine.version}`,
        findings: probeFindings(trials, undefended),
      };
    }),
  );
}

/** The largest value in one probe, and whose it is. */
function most(rows: readonly ProbesOfRow[], probe: string, flag: string) {
  const found = rows.flatMap(({ baseline, findings }) =>
    findings
      .filter((finding) => finding.probe === probe && finding.flag === flag)
      .map(({ mean, limit, values }) => ({ defense: baseline, limit, largest: mean, trials: values.length })),
  );
  const [first] = found.sort((a, b) => b.largest - a.largest);
  if (!first) throw new RangeError(`no honest row has a value in ${probe}`);
  const { defense, limit, largest } = first;
  const trials = found.reduce((sum, one) => sum + one.trials, 0);
  return { limit, largest: Math.round(1e6 * largest) / 1e6, defense, defenses: found.length, trials };
}

/** The rows and undefended numbers of a closed season that is committed. */
function committed(season: string): { rows: SnapshotRow[]; references: readonly Reference[] } {
  const closed = committedSeasons().find((one) => one.season.name === season);
  if (!closed)
    throw new UsageError(`Season ${season} is not committed in drizzle/seasons; 'season snapshot' writes it.`);
  return {
    rows: committedRows(seasonSuiteId(closed.season.plan, season)),
    references: closed.season.disclosure.references,
  };
}
