import { callSite } from '../client/public-api.ts';
import { Submission, submissionPath } from '../client/submission.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { show, watch } from './show-submission.ts';

/** What has become of a submission: the same that `submit` prints. */
export async function status(
  id: string,
  options: { suite?: string; watch?: boolean; json?: boolean },
): Promise<number> {
  const json = options.json ?? false;
  if (options.watch) return watch(id, { ...options, json });
  return show((await callSite(Submission, submissionPath(id, options.suite), interrupted)).value, json);
}
