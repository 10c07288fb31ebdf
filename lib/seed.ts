import 'server-only';
import { oneAtATime } from './db/client.ts';
import { requestEvaluation } from './db/evaluations.ts';
import { type Baseline, submitBaseline } from './db/submit.ts';

/** Puts a reference defense on the board and has it evaluated on the suite, or neither. Returns its submission. */
export const seedBaseline = (owner: string, baseline: Baseline, suiteId: string): Promise<string> =>
  oneAtATime(async () => {
    const submissionId = await submitBaseline(owner, baseline);
    await requestEvaluation({ submissionId, suiteId, requestedBy: null });
    return submissionId;
  });
