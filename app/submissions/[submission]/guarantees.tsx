import type { ReactNode } from 'react';
import { ColumnHeads } from '@/app/ui/column-heads.tsx';
import { Missing } from '@/app/ui/estimate.tsx';
import { percent } from '@/app/ui/numbers.ts';
import { Section } from '@/app/ui/page-head.tsx';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { Tag } from '@/app/ui/tag.tsx';
import { modelName } from '@/app/ui/words.ts';
import { describedBaseline } from '@/lib/catalog/baselines/index.ts';
import { type ClaimStanding, type PrivacyClaim, privacyClaimOf, rowsOfSuite } from '@/lib/catalog/claim.ts';
import { findSuite } from '@/lib/catalog/suites/index.ts';
import type { SubmissionView } from '@/lib/db/submission-view.ts';
import { ownModule } from '@/lib/own-modules.ts';
import { type CertifiedCurve, certifiedCurves } from '@/lib/scoring/certificates.ts';

const standingText: Record<ClaimStanding, string> = {
  verified: 'The module is the harness’s own, to the byte: it is known what it does.',
  claimed: 'What the module really does, nobody has checked.',
};

/**
 * What is promised rather than measured: ε of differential privacy, and the accuracy that an ensemble's votes certify.
 * Nothing where neither is.
 */
export async function Guarantees({ about }: { about: SubmissionView }) {
  const own = await ownModule(about.module.sha256);
  const suite = findSuite(about.suite);
  const claim = privacyClaimOf(about.card, own, suite ? rowsOfSuite(suite) : null);
  const membersPerRow = own ? describedBaseline(own).membersPerRow : 1;
  const curves = certifiedCurves(about.evaluation?.trials ?? [], membersPerRow);
  if (!claim && curves.length === 0) return null;
  return (
    <Section title="Guarantees" aside="promised by an argument, not measured by attacks">
      {claim && <Privacy claim={claim} />}
      {curves.length > 0 && <Certificates curves={curves} standing={own ? 'verified' : 'claimed'} />}
    </Section>
  );
}

function Head({ title, standing }: { title: string; standing: ClaimStanding }) {
  return (
    <h3 className="flex flex-wrap items-baseline gap-x-3 font-semibold">
      {title}{' '}
      <Tag look={standing === 'verified' ? 'accent' : 'caution'} title={standingText[standing]}>
        {standing}
      </Tag>
    </h3>
  );
}

function privacyFacts(claim: PrivacyClaim): [string, ReactNode][] {
  const delta: [string, ReactNode] = ['δ', claim.delta.toExponential()];
  if (claim.standing === 'claimed') return [['ε', claim.epsilon], delta];
  const { account, bound } = claim;
  return [
    ['ε, Rényi accountant', `≤ ${bound.rdp}`],
    ['ε, PRV accountant', `≤ ${bound.prv}`],
    delta,
    ['q, sampling rate', `${account.batchSize} / ${bound.rows.toLocaleString('en-US')}`],
    ['σ, noise multiplier', account.noiseMultiplier],
    ['C, clipping norm', account.clippingNorm],
    ['Steps', account.steps],
  ];
}

function Privacy({ claim }: { claim: PrivacyClaim }) {
  const { standing } = claim;
  const rows = claim.standing === 'verified' ? claim.bound.rows : null;
  return (
    <div className="mb-8 last:mb-0">
      <Head title="Differential privacy" standing={standing} />
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-8 gap-y-1 text-sm tabular-nums">
        {privacyFacts(claim).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 max-w-3xl text-sm text-soft">
        {rows && `On ${rows.toLocaleString('en-US')} rows of FashionMNIST. `}For one row added or removed. The attacks
        replace rows: k replaced rows are 2k of these, and the guarantee gets weaker with each. {standingText[standing]}
      </p>
    </div>
  );
}

const label = 'Certified accuracy without poison';

function Certificates({ curves, standing }: { curves: readonly CertifiedCurve[]; standing: ClaimStanding }) {
  const reach = [...new Set(curves.flatMap(({ curve }) => curve.map(({ rows }) => rows)))].sort((a, b) => a - b);
  return (
    <div>
      <Head title="Certified accuracy" standing={standing} />
      <p className="mt-1 mb-2 max-w-3xl text-sm text-soft">
        The share of clean test rows called rightly that stays right whatever an attacker does with k training rows, put
        in or taken out; a replaced row counts as two. By the votes of the members, if each training row touches one of
        them alone. {standingText[standing]}
      </p>
      <ScrollTable label={label}>
        <table className="border-collapse text-sm">
          <caption className="sr-only">{label}, against k rows</caption>
          <ColumnHeads names={['Model', 'Seeds', ...reach.map((rows) => `k = ${rows}`)]} />
          <tbody>
            {curves.map(({ dataset, model, seeds, curve }) => (
              <tr key={`${dataset} ${model}`} className="border-b border-line">
                <th scope="row" className="py-1.5 pr-5 text-left font-normal whitespace-nowrap">
                  {modelName(model)}, {dataset}
                </th>
                <td className="py-1.5 pr-5">{seeds}</td>
                {reach.map((rows) => {
                  const point = curve.find((one) => one.rows === rows);
                  return (
                    <td key={rows} className="py-1.5 pr-5 whitespace-nowrap">
                      {point ? percent(point.accuracy) : <Missing why="beyond what the votes reach" />}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollTable>
    </div>
  );
}
