import { Notice } from '@/app/ui/notice.tsx';
import { age, duration, percent } from '@/app/ui/numbers.ts';
import { When } from '@/app/ui/when.tsx';
import { outcomeText, stateText } from '@/app/ui/words.ts';
import { findSuite } from '@/lib/catalog/suites/index.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import type { EvaluationView } from '@/lib/db/evaluation-view.ts';
import type { SubmissionView } from '@/lib/db/submission-view.ts';
import { ScenarioProgress } from './scenario-progress.tsx';
import { TryAgainForm } from './try-again-form.tsx';

/**
 * Where a submission stands, in plain words: place in the queue, progress, the age of the last sign of life, or what
 * went wrong and what helps.
 */
export function StatusPanel({ about }: { about: SubmissionView }) {
  const { id, state, evaluation, name } = about;
  if (state === 'scored') return null;
  if (state === 'queued') return <Queued id={id} evaluation={evaluation} minutesLeft={about.minutesLeft} />;
  if (state === 'running' && evaluation)
    return (
      <Running
        id={id}
        evaluation={evaluation}
        name={name}
        minutesLeft={about.minutesLeft}
        suite={findSuite(about.suite)}
      />
    );
  if (state === 'withdrawn')
    return (
      <Notice title={stateText.withdrawn}>
        <p>
          {about.withdrawnAt && <When at={about.withdrawnAt} />}: {about.withdrawnReason} Its row has left the board;
          this page stays.
        </p>
      </Notice>
    );
  if (state === 'stalled')
    return (
      <Notice title={stateText.stalled}>
        <p>
          {evaluation?.waiting ??
            'Our machines failed three times, not the module. It counts against no quota, and organizers see it in their list. The attempts below say what happened.'}
        </p>
        {about.manageable && <TryAgainForm id={id} />}
      </Notice>
    );
  const trials = evaluation?.trials ?? [];
  const reason = trials.find(({ outcome }) => outcome !== 'scored' && outcome !== 'not-run') ?? trials[0];
  const text = reason && outcomeText[reason.outcome];
  return (
    <Notice alarm title={text ? `${stateText.failed}: it ${text.name}` : stateText.failed}>
      {reason?.detail && <p className="wrap-anywhere">{reason.detail}</p>}
      {text?.hint && <p className="mt-1">{text.hint}</p>}
    </Notice>
  );
}

type Waits = { id: string; evaluation: EvaluationView | null; minutesLeft: number | null };

function Queued({ id, evaluation, minutesLeft }: Waits) {
  const { position = null, waiting = null, retryAt = null } = evaluation ?? {};
  return (
    <Notice
      title={
        position ? `${stateText.queued}, ${position === 1 ? 'next in line' : `${position} in line`}` : stateText.queued
      }
    >
      {waiting ? (
        <p>{waiting}</p>
      ) : (
        <p>
          {minutesLeft === null
            ? 'There is no estimate yet of how long it takes.'
            : `It should be done in about ${duration(minutesLeft)}, and later where others come in between.`}{' '}
          A runner takes the next job as soon as it is free. This page follows along by itself.
        </p>
      )}
      {retryAt && (
        <p>
          Tried again at <When at={retryAt} />.
        </p>
      )}
      <Told id={id} />
    </Notice>
  );
}

type Runs = Waits & { evaluation: EvaluationView; name: string; suite: Suite | undefined };

function Running({ id, evaluation, name, minutesLeft, suite }: Runs) {
  const { progress, phase, heartbeatAge, retryAt, trials } = evaluation;
  return (
    <Notice title={`${stateText.running}, ${percent(progress, 0)}`}>
      <progress value={progress} aria-label={`Progress of ${name}`} className="my-2 w-full max-w-md" />
      <p className="text-sm">
        {phase && `${phase}. `}
        {minutesLeft !== null && `About ${duration(minutesLeft)} left. `}
        {heartbeatAge !== null && `The runner was heard ${age(heartbeatAge)}. `}
        {retryAt && (
          <>
            Tried again at <When at={retryAt} />.
          </>
        )}
      </p>
      {suite && <ScenarioProgress suite={suite} trials={trials} />}
      <Told id={id} />
    </Notice>
  );
}

/** How one hears of the end without looking. */
const Told = ({ id }: { id: string }) => (
  <p className="mt-3 text-sm text-soft">
    Keep this page open, and its tab will say when it is done; or let a feed reader follow{' '}
    <a className="link" href={`/feed.xml?submission=${id}`}>
      the feed of this entry
    </a>
    .
  </p>
);
