import { Notice } from '@/app/ui/notice.tsx';
import { age, percent } from '@/app/ui/numbers.ts';
import { When } from '@/app/ui/when.tsx';
import { outcomeText, stateText } from '@/app/ui/words.ts';
import type { SubmissionJson } from '@/lib/contract/api.ts';

/**
 * Where a submission stands, in plain words: place in the queue, progress, the age of the last sign of life, or what
 * went wrong and what helps.
 */
export function StatusPanel({ about }: { about: SubmissionJson }) {
  const { state } = about;
  if (state === 'scored') return null;
  if (state === 'queued') return <Queued about={about} />;
  if (state === 'running') return <Running about={about} />;
  if (state === 'withdrawn')
    return (
      <Notice title={stateText.withdrawn}>
        <p>
          {about.withdrawn && <When at={about.withdrawn.at} />}: {about.withdrawn?.reason} Its row has left the board;
          this page stays.
        </p>
      </Notice>
    );
  if (state === 'stalled')
    return (
      <Notice title={stateText.stalled}>
        <p>
          Our machines failed three times, not the module. It is not charged to a quota, and an organizer is told. The
          attempts below say what happened.
        </p>
      </Notice>
    );
  const reason = about.trials.find(({ outcome }) => outcome !== 'scored' && outcome !== 'not-run') ?? about.trials[0];
  const text = reason && outcomeText[reason.outcome];
  return (
    <Notice alarm title={text ? `${stateText.failed}: it ${text.name}` : stateText.failed}>
      {reason?.detail && <p className="wrap-anywhere">{reason.detail}</p>}
      {text?.hint && <p className="mt-1">{text.hint}</p>}
    </Notice>
  );
}

function Queued({ about: { position, waiting, retryAt } }: { about: SubmissionJson }) {
  return (
    <Notice
      title={
        position ? `${stateText.queued}, ${position === 1 ? 'next in line' : `${position} in line`}` : stateText.queued
      }
    >
      {waiting ? (
        <p>{waiting}</p>
      ) : (
        <p>A runner takes the next job as soon as it is free. This page follows along by itself.</p>
      )}
      {retryAt && (
        <p>
          Tried again at <When at={retryAt} />.
        </p>
      )}
    </Notice>
  );
}

function Running({ about: { progress, phase, heartbeatAge, name, retryAt } }: { about: SubmissionJson }) {
  return (
    <Notice title={`${stateText.running}, ${percent(progress, 0)}`}>
      <progress value={progress} aria-label={`Progress of ${name}`} className="my-2 w-full max-w-md" />
      <p className="text-sm">
        {phase && `${phase}. `}
        {heartbeatAge !== null && `The runner was heard ${age(heartbeatAge)}. `}
        {retryAt && (
          <>
            Tried again at <When at={retryAt} />.
          </>
        )}
      </p>
    </Notice>
  );
}
