import { callSite } from '../client/public-api.ts';
import { Submission, show, submissionPath, watch } from '../client/submission.ts';

/** What has become of a submission: the same that `submit` prints. */
export async function status(
  id: string,
  options: { suite?: string; watch?: boolean; json?: boolean },
): Promise<number> {
  const json = options.json ?? false;
  if (options.watch) return watch(id, { ...options, json });
  return show((await callSite(Submission, submissionPath(id, options.suite))).value, json);
}
