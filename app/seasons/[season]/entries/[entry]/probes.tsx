import Link from 'next/link';
import { percent } from '@/app/ui/numbers.ts';
import { Section } from '@/app/ui/page-head.tsx';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { Tag } from '@/app/ui/tag.tsx';
import { attackName, flagText } from '@/app/ui/words.ts';
import { attackNamed } from '@/lib/catalog/attacks/index.ts';
import type { ProbeFinding } from '@/lib/scoring/probes.ts';

const columns = ['Probe', 'What is done', 'Share of test rows', 'Seed by seed', 'Mean', 'At most'];

/** What an entry does where an honest one can know little or nothing. Nothing before the close. */
export function Probes({ probes, control }: { probes: readonly ProbeFinding[]; control: boolean }) {
  if (probes.length === 0) return null;
  return (
    <Section id="probes" title="Honesty probes" aside="in no score">
      <p className="mb-3 max-w-3xl text-sm text-soft">
        Trials in which the training set teaches nothing, little, or another world. An honest defense stays below the
        limits; a row above one is flagged.{' '}
        {control &&
          'A control is not: it is told of the poison, and leaves out every row where a probe calls all of them so. '}
        Where the undefended model of the same seed is measured too, its share is in parentheses, and mean and limit are
        of the difference.{' '}
        <Link className="link" href="/integrity#probes">
          What honest runs and cheats give
        </Link>
      </p>
      <PlainTable label="Honesty probes" columns={columns}>
        {probes.map(({ probe, what, flag, values, mean, limit }) => (
          <tr key={`${probe} ${what}`} className="border-b border-line align-top">
            <th scope="row" className="py-2 pr-5 text-left font-semibold whitespace-nowrap">
              {attackName(probe)}
            </th>
            <td className="max-w-96 min-w-56 py-2 pr-5">{attackNamed(probe).does}</td>
            <td className="min-w-36 py-2 pr-5">{what}</td>
            <td className="min-w-44 py-2 pr-5">
              {values.map(({ seed, value, undefended }) => (
                <span key={seed} className="mr-3 inline-block whitespace-nowrap">
                  {percent(value)}
                  {undefended !== null && <span className="text-soft"> ({percent(undefended)})</span>}
                </span>
              ))}
            </td>
            <td className="py-2 pr-5 whitespace-nowrap">
              {percent(mean)}{' '}
              {mean > limit && !control && (
                <Tag look="caution" title={flagText[flag]}>
                  {flag}
                </Tag>
              )}
            </td>
            <td className="py-2 whitespace-nowrap">{percent(limit)}</td>
          </tr>
        ))}
      </PlainTable>
    </Section>
  );
}
