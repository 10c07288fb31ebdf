import { SubmissionJson } from '../../lib/contract/api.ts';
import { openResult } from '../../lib/contract/dsse.ts';
import { JobResult, type TrialResult } from '../../lib/contract/result.ts';
import { SeasonRecord } from '../../lib/contract/season.ts';
import { SeasonEntryJson } from '../../lib/contract/season-entry.ts';
import { SeasonStandings } from '../../lib/contract/season-standings.ts';
import { trialKey } from '../../lib/contract/suite.ts';
import { callSite } from '../client/public-api.ts';
import { submissionPath } from '../client/submission.ts';
import { HarnessFault, UsageError } from '../errors.ts';
import { interrupted } from '../terminal/interrupt.ts';

export const wholeSeason = async (name: string): Promise<SeasonRecord> =>
  (await callSite(SeasonRecord, `seasons/${name}`, interrupted)).value;

/**
 * A row of a closed season by its submission, its entry or its baseline: what its runners signed, each signature
 * checked. Trials that no runner signed stand as the site has them. Throws UsageError where nothing is recorded, and
 * HarnessFault for a result that is not signed, or of another suite or module.
 */
export async function seasonRow(row: string, { name, commitment }: SeasonRecord) {
  const { rows } = (await callSite(SeasonStandings, `seasons/${name}/standings`, interrupted)).value;
  const found = rows.find(({ id, submission, baseline }) => [id, submission, baseline].includes(row));
  if (!found) throw new UsageError(`Season ${name} has no entry '${row}'; its page lists them.`);
  const path = `seasons/${name}/entries/${found.id}`;
  const {
    name: called,
    submission,
    baseline,
    trials,
    results,
  } = (await callSite(SeasonEntryJson, path, interrupted)).value;
  const signed = await Promise.all(results.map((result) => opened(called, result)));
  const [first] = signed;
  if (!first) throw new UsageError(`Nothing of ${called} is recorded in season ${name}.`);
  const other = signed.find(
    ({ suite, module }) => suite.digest !== commitment || module.sha256 !== first.module.sha256,
  );
  if (other) throw new HarnessFault(`A result of ${called} is of another suite or module than its row.`);
  const about = await callSite(SubmissionJson.pick({ runtime: true }), submissionPath(submission), interrupted);
  const own = new Map<string, TrialResult>(
    signed.flatMap((result) => result.trials.map((trial) => [trialKey(trial), trial])),
  );
  return {
    name: called,
    submission,
    baseline,
    runtime: about.value.runtime,
    module: first.module,
    engine: first.engine,
    trials: trials.map((trial) => own.get(trialKey(trial)) ?? trial),
  };
}

async function opened(row: string, { envelope, runner }: SeasonEntryJson['results'][number]): Promise<JobResult> {
  const sealed = await openResult(envelope, runner);
  if (!sealed) throw new HarnessFault(`A result of ${row} is not signed by its runner ${runner.name}.`);
  return JobResult.parse(sealed.value);
}
