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
  const variants: Variant[] = [];
  for (const id of tunedIds)
    for (const value of tuned[id].values)
      variants.push({ id, value, report: await evaluated(id, value, folder, jobs) });
  const path = join(folder, 'tuning.json');
  await writeNamed(path, `${JSON.stringify(tableOf(variants), null, 2)}\n`);
  tell(path);
  return 0;
}

type Variant = { readonly id: TunedId; readonly value: number; readonly report: Report };

/** Its report: the one that is there, where it is of this very module and harness. */
async function evaluated(id: TunedId, value: number, folder: string, jobs: number | undefined): Promise<Report> {
  const [module, file] = [join(folder, `${id}.${value}.mjs`), join(folder, `${id}.${value}.json`)];
  const code = variantOf(id, value);
  const kept = existsSync(file) ? Report.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
  if (kept?.module.sha256 === (await sha256(code)) && kept.harness.digest === harness().digest) return kept;
  writeFileSync(module, code);
  await evaluate(module, { suite: suite.id, scenario: [], jail: true, json: file, ...(jobs && { jobs }) });
  return Report.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function tableOf(variants: readonly Variant[]): TuningTable {
  const first = variants[0]!.report;
  return TuningTable.parse({
    suite: suite.id,
    seeds: suite.seeds,
    engine: `${first.engine.backend} ${first.engine.version}`,
    harness: first.harness.digest,
    date: new Date().toISOString().slice(0, 10),
    defenses: Object.fromEntries(
      tunedIds.map((id) => [id, { own: ownValueOf(id), tried: variants.filter((one) => one.id === id).map(triedOf) }]),
    ),
  });
}

function triedOf({ value, report: { scores } }: Variant): Tried {
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
