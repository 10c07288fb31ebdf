import { ColumnHeads } from '@/app/ui/column-heads.tsx';
import { Missing } from '@/app/ui/estimate.tsx';
import { Section } from '@/app/ui/page-head.tsx';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import type { DatasetId } from '@/lib/catalog/datasets/index.ts';
import { sourceTargeted } from '@/lib/studies/paper/source.ts';
import type { Results } from '@/lib/studies/paper/table.ts';
import {
  type RestrictedMean,
  type Share,
  type TargetedSummary,
  targetedSummaries,
  tried,
} from '@/lib/studies/paper/targeted.ts';
import { shapingText, share, short } from './words.ts';

const head = [
  'Shaping',
  'Targets',
  'Without poison',
  'One poison',
  'Poisons needed: mean',
  'median',
  'restricted mean',
  'censored',
  'Copies needed',
];

const names: Partial<Record<DatasetId, string>> = {
  'fashion-mnist-3-4': 'FashionMNIST-3/4',
  'fashion-mnist': 'FashionMNIST',
  'purchase-100-like': 'made rows of Purchase-100’s shape, which are no substitute for it',
};

type Subject = Pick<TargetedSummary, 'dataset' | 'model'>;
const wanted: readonly Subject[] = [
  { dataset: 'fashion-mnist-3-4', model: 'lr' },
  { dataset: 'fashion-mnist', model: 'mlp-256-256' },
  { dataset: 'purchase-100-like', model: 'mlp-256-256' },
];
const subject = ({ dataset, model }: Subject) => `${model} on ${names[dataset] ?? dataset}`;

/** (c): how often one clean-label poison is enough, and how many it takes. */
export function Targeted({ results }: { results: Results }) {
  const summaries = targetedSummaries(results.targeted?.runs ?? []);
  const measured = summaries.map(subject);
  const unmeasured = wanted.map(subject).filter((what) => !measured.includes(what));
  return (
    <Section id="targeted" title="Clean-label targeted poison" aside="Purchase-100 in the source">
      <p className="mb-4 max-w-3xl text-sm text-soft">
        Rows of class 4 whose features were moved onto those of a test row of class 3, crafted against the very model
        that then trains on; a target is hit if it is called 4 after any of {tried.epochs} epochs. “One poison” tries{' '}
        {tried.singles} of them, each alone; together {tried.numbers.join(', ')} are tried, so that a number needed is
        rounded up to one of these. “Without poison” is the same retraining without it. “Copies needed” are of the
        target itself under the wanted label, which no attacker has: a bound. Shares have Wilson’s 95 % intervals, the
        median that of Kaplan and Meier’s estimate; a target that none of these numbers has hit is censored, and a
        restricted mean counts no more than one poison beyond those tried. Features of lr are its logits, as in the
        source.
      </p>
      {[...new Set(measured)].map((what) => (
        <Ours key={what} what={what} rows={summaries.filter((one) => subject(one) === what)} />
      ))}
      {unmeasured.length > 0 && <p className="text-soft">Not measured yet: {unmeasured.join(', ')}.</p>}
      <p className="max-w-3xl text-soft">
        Few targets were tried for each line, by what a day of two cores could do. Noise of 1 was tried on the made rows
        alone.
      </p>
      <ScrollTable label="Clean-label targeted poison on Purchase-100, the source’s">
        <table className="mt-8 w-full max-w-3xl border-collapse text-sm">
          <caption className="pb-2 text-left font-semibold">
            The source’s, on Purchase-100: data not available here
          </caption>
          <ColumnHeads names={['Model, shaping', 'Hit by one poison', 'Poisons needed, mean']} />
          <tbody>
            {sourceTargeted.map(({ model, shaping, oneShot, poisons }) => (
              <tr key={`${model} ${shaping}`} className="border-b border-line *:py-2 *:pr-4">
                <th scope="row" className="text-left font-normal whitespace-nowrap">
                  {model}, {shapingText(shaping)}
                </th>
                <td>
                  {oneShot.targets === null ? `${oneShot.succeeded}` : `${oneShot.succeeded} of ${oneShot.targets}`}
                </td>
                <td>{poisons === null ? <Missing /> : poisons}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollTable>
    </Section>
  );
}

function Ours({ what, rows }: { what: string; rows: readonly TargetedSummary[] }) {
  return (
    <ScrollTable label={`Clean-label targeted poison, ours: ${what}`}>
      <table className="mb-8 w-full border-collapse text-sm">
        <caption className="pb-2 text-left font-semibold">Ours: {what}</caption>
        <Head />
        <tbody>
          {rows.map(({ shaping, targets, control, oneShot, poisons, copies }) => (
            <tr key={shaping} className="border-b border-line align-top *:py-2 *:pr-4 *:whitespace-nowrap">
              <th scope="row" className="text-left font-normal">
                {shapingText(shaping)}
              </th>
              <td>{targets}</td>
              <td>
                <Hit share={control} />
              </td>
              <td>
                <Hit share={oneShot} />
              </td>
              <td>{poisons.mean === null ? <Missing why="none was hit" /> : short(poisons.mean)}</td>
              <td>
                {poisons.median.value ?? beyond(poisons.restricted)}
                <span className="block text-xs text-soft">
                  {poisons.median.low ?? beyond(poisons.restricted)} to{' '}
                  {poisons.median.high ?? beyond(poisons.restricted)}
                </span>
              </td>
              <td>
                <UpTo mean={poisons.restricted} />
              </td>
              <td>{poisons.censored}</td>
              <td>
                <UpTo mean={copies} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}

const beyond = ({ horizon }: RestrictedMean) => `> ${horizon - 1}`;

const UpTo = ({ mean: { value, horizon } }: { mean: RestrictedMean }) => (
  <>
    {short(value)}
    <span className="block text-xs text-soft">up to {horizon}</span>
  </>
);

function Head() {
  return (
    <thead className="border-b border-rule text-left">
      <tr>
        {head.map((name) => (
          <th key={name} scope="col" className="py-2 pr-4 align-bottom font-semibold">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

const Hit = ({ share: { hit, low, high } }: { share: Share }) => (
  <>
    {hit}
    <span className="block text-xs text-soft">
      {share(low)} to {share(high)}
    </span>
  </>
);
