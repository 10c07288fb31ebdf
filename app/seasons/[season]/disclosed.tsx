import { Code } from '@/app/ui/code.tsx';
import { Section } from '@/app/ui/page-head.tsx';
import type { ListedFile } from '@/lib/contract/manifest.ts';
import type { Disclosed as Parts } from '@/lib/contract/season.ts';

/** `suite`: its id. `files`: of the built suite; null where this site does not have them. */
type Props = { name: string; suite: string; disclosure: Parts; files: readonly ListedFile[] | null };

/** What the close of a season made public, and how anybody checks it. */
export function Disclosed({ name, suite, disclosure: { committed, gates, card }, files }: Props) {
  const { calibration } = gates;
  return (
    <>
      <Section id="disclosed" title="What it was" aside="public since its close">
        <Code label="All that was committed to">{JSON.stringify(committed, null, 2)}</Code>
        <ul className="mt-3 max-w-3xl list-disc pl-5 text-sm text-soft">
          {card && (
            <li>
              The data set is the organizer’s own, {card.title}. Its files can be had from{' '}
              <a className="link" href={card.url} rel="noreferrer">
                {card.url}
              </a>
              .
            </li>
          )}
          {calibration.map(({ backend, cells }) => (
            <li key={backend}>
              On {backend} {cells.filter(({ bites }) => bites).length} of {cells.length} cells bite, and{' '}
              {cells.filter(({ counts }) => counts).length} count.
            </li>
          ))}
          <li>
            Every undefended number and the gates are in{' '}
            <a className="link" href={`/api/v1/seasons/${name}`}>
              the season’s JSON
            </a>
            .
          </li>
          <li>
            Results name the suite by the commitment, as was known before the close, not by its manifest’s sha256, and
            the data set as <code>hidden</code>.
          </li>
          <li>
            {files ? (
              <>
                The built suite is here:{' '}
                <a className="link" href={`/api/v1/suites/${suite}/files/manifest.json`}>
                  its manifest
                </a>{' '}
                lists its {files.length - 1} other files, each with its sha256.
              </>
            ) : (
              'The files of the built suite are not on this site; the command below draws them again.'
            )}
          </li>
        </ul>
      </Section>
      <Section id="verify" title="Draw it anew">
        <p className="mb-3 max-w-3xl text-sm text-soft">
          With the seed and the data set anybody builds the same suite. In a checkout of the software this command does
          so, and compares every sum with the commitment.
        </p>
        <Code label="The command that draws the season anew">{`npx antidote season verify ${name}${card ? ' --dataset <folder>' : ''}`}</Code>
      </Section>
    </>
  );
}
