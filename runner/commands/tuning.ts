import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tuning2 as suite } from '../../lib/catalog/suites/tuning-2.ts';
import { type Tried, type TunedId, TuningTable, tuned, tunedIds } from '../../lib/catalog/tuning.ts';
import { sha256 } from '../../lib/contract/canonical.ts';
import { Report } from '../../lib/contract/report.ts';
import { ownValueOf, variantOf } from '../defenses/tuning.ts';
import { requireFolder } from '../host/destination.ts';
import { harness } from '../host/harness.ts';
import { writeNamed } from '../host/write-named.ts';
import { tell } from '../terminal/tell.ts';
import { evaluate } from './evaluate.ts';

/**
 * Evaluates each reference defense with each value of its main parameter on the suite that is for this, and writes what
 * they reached to tuning.json. All goes into `folder`; a report that is there is kept.
 */
export async function tuning(folder: string, { jobs }: { jobs?: number }): Promise<number> {
  requireFolder('the folder', folder);
  mkdirSync(folder, { recursive: true });
  const reports = new Map<TunedId, { value: number; report: Report }[]>();
  for (const id of tunedIds) {
    const found: { value: number; report: Report }[] = [];
    for (const value of tuned[id].values) found.push({ value, report: await reportOf(id, value, folder, jobs) });
    reports.set(id, found);
  }
  const path = join(folder, 'tuning.json');
  await writeNamed(path, `${JSON.stringify(tableOf(reports), null, 2)}\n`);
  tell(path);
  return 0;
}

async function reportOf(id: TunedId, value: number, folder: string, jobs: number | undefined): Promise<Report> {
  const [module, file] = [join(folder, `${id}.${value}.mjs`), join(folder, `${id}.${value}.json`)];
  const code = variantOf(id, value);
  const kept = existsSync(file) ? Report.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
  if (kept?.module.sha256 === (await sha256(code)) && kept.harness.digest === harness().digest) return kept;
  writeFileSync(module, code);
  await evaluate(module, { suite: suite.id, scenario: [], jail: true, json: file, ...(jobs && { jobs }) });
  return Report.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function tableOf(reports: ReadonlyMap<TunedId, readonly { value: number; report: Report }[]>): TuningTable {
  const first = reports.get('dp-sgd')![0]!.report;
  return TuningTable.parse({
    suite: suite.id,
    seeds: suite.seeds,
    engine: `${first.engine.backend} ${first.engine.version}`,
    harness: first.harness.digest,
    date: new Date().toISOString().slice(0, 10),
    defenses: Object.fromEntries(
      [...reports].map(([id, found]) => [id, { own: ownValueOf(id), tried: found.map(triedOf) }]),
    ),
  });
}

function triedOf({ value, report: { scores } }: { value: number; report: Report }): Tried {
  const { mean, worst, utility, flags } = scores;
  return {
    value,
    mean: rounded(mean!.value),
    worst: rounded(worst!.value),
    utility: rounded(utility!.value),
    collapsed: flags.includes('collapsed'),
  };
}

const rounded = (value: number) => Math.round(1000 * value) / 1000;
