import { callSite } from '../client/public-api.ts';
import { isOutage, SiteProblem } from '../client/site-problem.ts';
import { Submission, submissionPath } from '../client/submission.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { remark, tell, tellJson } from '../terminal/tell.ts';

/**
 * To stdout, as JSON or in words. 1 where its evaluation ended and not every trial was scored, 3 where our side gave
 * up.
 */
export function show(submission: Submission, json: boolean): number {
  if (json) tellJson(submission);
  else tell(inWords(submission));
  if (submission.state === 'stalled') return 3;
  const ended = submission.state === 'scored' || submission.state === 'failed';
  return submission.state === 'failed' || (ended && submission.trials.some(({ outcome }) => outcome !== 'scored'))
    ? 1
    : 0;
}

/** A site that answered once, and is started anew, is back within this time. */
const patienceMs = 600_000;

/**
 * Waits for the end of the evaluation, with its place and progress on stderr. What Ctrl-C leaves is on the site, and a
 * site that does not answer is asked again for ten minutes.
 */
export async function watch(id: string, { suite, json }: { suite?: string; json: boolean }): Promise<number> {
  const progress = progressOf('evaluation');
  let before = '';
  let answeredAt: number | null = null;
  for (let pauseMs = 500; ; pauseMs = Math.min(pauseMs * 1.25, 5000)) {
    const mayWait = answeredAt !== null && performance.now() - answeredAt < patienceMs;
    const value = await askFor(id, suite, mayWait);
    if (value === null) {
      if (before !== away) progress.say(away);
      before = away;
      await pause(pauseMs);
      continue;
    }
    answeredAt = performance.now();
    if (!['queued', 'running'].includes(value.state)) {
      progress.end();
      return show(value, json);
    }
    const state = value.state === 'queued' ? `queued${placeOf(value)}` : 'running';
    if (state !== before) progress.say(state);
    if (value.state === 'running') progress.update(value.progress ?? 0);
    before = state;
    await pause(pauseMs);
  }
}

const away = 'the site does not answer; what was submitted is kept there, and it is asked again';

async function pause(ms: number): Promise<void> {
  await new Promise((done) => setTimeout(done, ms));
  interrupted.throwIfAborted();
}

/**
 * Null where the site is away and `mayWait` says so; what else keeps it from being asked is thrown, with what to do.
 */
async function askFor(id: string, suite: string | undefined, mayWait: boolean): Promise<Submission | null> {
  try {
    return (await callSite(Submission, submissionPath(id, suite), interrupted)).value;
  } catch (error) {
    interrupted.throwIfAborted();
    if (isOutage(error) && mayWait) return null;
    const isRefused = error instanceof SiteProblem && [401, 403].includes(error.status);
    if (isRefused || mayWait) remark(`What was submitted is kept: 'npx antidote status ${id}' shows how far it is.`);
    throw error;
  }
}

/**
 * Why it waits, where nobody could take it. Else its place, with the time that it may take, rounded up so that a line
 * is printed when it has changed by much.
 */
function placeOf({ position, minutesLeft, waiting }: Submission): string {
  if (waiting) return `. ${waiting}`;
  if (!position) return '';
  return `, ${position} in line, ${minutesLeft === null ? 'no estimate yet' : `about ${roundMinutes(minutesLeft)} min`}`;
}

const roundMinutes = (minutes: number) => (minutes <= 10 ? minutes : Math.ceil(minutes / 10) * 10);

function inWords(submission: Submission): string {
  const { id, name, state, scores, trials } = submission;
  const place = state === 'queued' ? placeOf(submission) : '';
  const numbers = (['worst', 'mean', 'utility'] as const).flatMap((key) =>
    scores?.[key] ? [`  ${key.padEnd(8)} ${scores[key].value.toFixed(3)}`] : [],
  );
  const failures = trials
    .filter(({ outcome }) => outcome !== 'scored')
    .map((trial) => `  ${trial.scenario} ${trial.budget} seed ${trial.seed}: ${trial.outcome}, ${trial.detail}`);
  return [`${name} (${id}): ${state}${place}`, ...numbers, ...failures].join('\n');
}
