import Link from 'next/link';
import type { CheckCounts, CheckRow } from '@/lib/db/checks.ts';

/** How many jobs were run by two runners, and those about which they disagree. */
export function RunTwice({ counts, disputes }: { counts: CheckCounts; disputes: readonly CheckRow[] }) {
  const { same, differs, notCompared } = counts;
  const all = same + differs + notCompared;
  return (
    <div className="max-w-3xl text-sm">
      <p>
        {all === 0
          ? 'No job was run twice so far: it takes two runners that can do it.'
          : `${all.toLocaleString('en-US')} were run twice: ${same.toLocaleString('en-US')} with the same numbers, ${differs.toLocaleString('en-US')} with others, ${notCompared.toLocaleString('en-US')} on another engine or processor, which are not compared.`}
      </p>
      {disputes.length > 0 && (
        <ul className="mt-2 list-disc pl-5 wrap-anywhere">
          {disputes.map(({ job, submission, suite, season, withheld, firstRunner, againRunner, detail }) => (
            <li key={job}>
              Job <span className="font-mono text-xs">{job}</span>
              {submission && (
                <>
                  {' of '}
                  <Link
                    className="link"
                    href={season ? `/seasons/${season}` : `/submissions/${submission}?suite=${suite}`}
                  >
                    {season ? `an entry of season ${season}` : `a submission on ${suite}`}
                  </Link>
                </>
              )}
              : {firstRunner} and {againRunner} disagree{detail && ` (${detail})`}. Nobody has decided yet.
              {withheld && ' Told to organizers alone until the season’s close; npx antidote decide decides.'}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
