import Link from 'next/link';
import { PageHead } from '@/app/ui/page-head.tsx';
import { referenceIds } from '@/lib/catalog/baselines/index.ts';
import { rankedBy, type Suite } from '@/lib/contract/suite.ts';
import { defensesIn, type Table } from '@/lib/studies/findings/table.ts';
import { BestByFamilyFinding } from './best-by-family.tsx';
import { CertifiedFinding } from './certified.tsx';
import { ClippingFinding } from './clipping.tsx';
import { FalsePositivesFinding } from './false-positives.tsx';
import { HarmFinding } from './harm.tsx';
import { SingleSeedsFinding } from './single-seeds.tsx';
import { StabilitySection } from './stability.tsx';
import { titles } from './titles.ts';
import { UnderTrainingFinding } from './under-training.tsx';

/** What the reference table shows, or why there is none. */
export function Findings({ suite, table }: { suite: Suite; table: Table | null }) {
  return (
    <div className="wide">
      <PageHead over={table && `Suite ${suite.id}, public and unverified`} title="Findings">
        <p>
          What the table of reference defenses shows, question by question. Every number and every sentence on this page
          is computed from the rows as they stand: where the rows say otherwise, so does the page.
        </p>
      </PageHead>
      {table ? (
        <>
          <About table={table} />
          <ClippingFinding table={table} />
          <HarmFinding table={table} />
          <UnderTrainingFinding table={table} />
          <BestByFamilyFinding table={table} />
          <SingleSeedsFinding table={table} />
          <CertifiedFinding table={table} />
          <FalsePositivesFinding table={table} />
          <StabilitySection table={table} />
        </>
      ) : (
        <p className="max-w-3xl border-y border-line py-10 text-soft">
          {suite.ranked
            ? `The undefended numbers of ${suite.id} are not computed yet, so no share of a damage can be given.`
            : 'No ranked suite is published yet. Findings need its ten seeds: two, as the suites before it have, separate nothing.'}{' '}
          <Link className="link" href={`/suites/${suite.id}`}>
            The board of {suite.id}
          </Link>
        </p>
      )}
    </div>
  );
}

function About({ table }: { table: Table }) {
  const { suite, rows, cells, reference } = table;
  const defenses = defensesIn(table).length;
  return (
    <div className="grid gap-x-16 gap-y-6 text-sm md:grid-cols-[3fr_2fr]">
      <div className="max-w-3xl space-y-3 text-soft">
        <p>
          {rows.length} of {referenceIds(suite).length} rows are computed, {defenses} of them{' '}
          {defenses === 1 ? 'a defense' : 'defenses'} that {defenses === 1 ? 'does' : 'do'} not know which rows are
          poison; {cells.length} cells of attack and budget count, on {suite.seeds.length} seeds, all on{' '}
          {reference.engine.backend}.
        </p>
        <p>
          The rows are <strong className="font-semibold text-ink">public, unverified</strong>: the attacks can be
          downloaded, and a defense may have been made to fit them. There is no rank here, for ranks exist only in a
          season; rows stand in an order, that of their{' '}
          {rankedBy(suite) === 'mean' ? 'mean over the families' : 'worst family'}.{' '}
          <Link className="link" href={`/suites/${suite.id}`}>
            The board
          </Link>
        </p>
        <p>
          “Surely” has one meaning on this page: by Student’s t over seeds, with Holm’s correction over everything that
          the sentence counts, so that the chance that any “surely” of it is wrong is 5 % at most. A bar is the 95 %
          interval of one number alone, without that correction
          {suite.rules.scoring === 2 &&
            '; that of ρ, or of a gain, is 1.25 times as wide as Student’s t has it, as everywhere on this suite, and that of an accuracy or a share of rows is not'}
          .
        </p>
      </div>
      <nav aria-label="Findings">
        <ol className="grid list-decimal gap-y-0.5 pl-5">
          {Object.entries(titles).map(([id, name]) => (
            <li key={id}>
              <a className="link inline-block py-0.5" href={`#${id}`}>
                {name}
              </a>
            </li>
          ))}
        </ol>
      </nav>
    </div>
  );
}
