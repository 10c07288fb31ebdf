import Link from 'next/link';
import { percent } from '@/app/ui/numbers.ts';
import { Section } from '@/app/ui/page-head.tsx';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { When } from '@/app/ui/when.tsx';
import type { Similar, Similarity } from '@/lib/db/season-similarity.ts';

const columns = ['Defense', 'Found as', 'Author', 'Submitted', 'Shared'];

/** For organizers: whose code this entry’s is like, in the season and in public. */
export function SimilarCode({ season, similarity }: { season: string; similarity: Similarity }) {
  const { likest, compared, of } = similarity;
  return (
    <Section id="similar" title="Similar code" aside="seen by organizers">
      <p className="mb-3 max-w-3xl text-sm text-soft">
        The share of the shorter module’s runs of eight tokens that also stand in the other, names and numbers aside.
        Short modules of the same idea are alike by themselves. Compared with the other entries of this season, the
        reference defenses and what other people have in public: {of > compared && `the newest ${compared} of `}
        {of} {of === 1 ? 'module' : 'modules'} that {of === 1 ? 'is' : 'are'} no entry here. Modules too large to be
        ranked are not among them.
      </p>
      {likest.length === 0 ? (
        <p className="text-soft">None of them shares as much as 30 %.</p>
      ) : (
        <PlainTable label="Defenses with similar code" columns={columns}>
          {likest.map((found) => (
            <tr key={found.submission} className="border-b border-line">
              <th scope="row" className="py-1.5 pr-5 text-left font-normal">
                <Link className="link" href={pathOf(season, found)}>
                  {found.name}
                </Link>
              </th>
              <td className="py-1.5 pr-5">{foundAs(found)}</td>
              <td className="py-1.5 pr-5">{found.author}</td>
              <td className="py-1.5 pr-5">
                <When at={found.submittedAt} />
              </td>
              <td className="py-1.5">{percent(found.share, 0)}</td>
            </tr>
          ))}
        </PlainTable>
      )}
    </Section>
  );
}

const pathOf = (season: string, { entry, submission }: Similar) =>
  entry ? `/seasons/${season}/entries/${entry}` : `/submissions/${submission}`;

const foundAs = ({ entry, reference }: Similar) =>
  reference ? 'reference defense' : entry ? 'entry of this season' : 'public submission';
