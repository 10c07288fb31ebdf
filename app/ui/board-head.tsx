import type { Suite } from '@/lib/contract/suite.ts';
import { columnGroups } from './board-columns.ts';
import type { ShownColumns } from './board-row.tsx';
import { addressOf, type View } from './board-view.ts';
import { QuestionMark } from './definition.tsx';
import { SortHead } from './sort-head.tsx';

const placesHint = {
  true: 'Which ranks an entry may have, by paired tests over seeds with Holm’s correction. Overlapping ranks cannot be told apart',
  false:
    'Where among the entries its interval lets it stand: behind those whose interval lies wholly above, before those wholly below. It is no rank: ranks exist only in a season',
};

/** Two lines: what groups of columns are about, and each column, by which the board can be sorted. */
export function BoardHead({
  suite,
  view,
  columns: { places, scores, facts, begins, heat },
  ranked,
}: {
  suite: Suite;
  view: View;
  columns: ShownColumns;
  ranked: boolean;
}) {
  const head = (id: string, better: 'higher' | 'lower' | null) => ({
    sorted: view.sort === id ? view.direction : null,
    better,
    href: addressOf(suite, {
      ...view,
      sort: id,
      direction: view.sort === id ? (view.direction === 'asc' ? 'desc' : 'asc') : better === 'higher' ? 'desc' : 'asc',
    }),
  });
  const groups = [
    ...columnGroups(suite, view.columns),
    ...(facts.length > 0 ? [{ name: 'What it is', columns: facts }] : []),
  ];
  return (
    <thead>
      <tr className="groups">
        <td className="corner" />
        {places && <td className="first" />}
        {[...groups, ...heat].map(({ name, columns: { length } }) => (
          <th key={name} scope="colgroup" colSpan={length} className="first">
            {name}
          </th>
        ))}
      </tr>
      <tr>
        <SortHead {...head('name', null)} id="name" name="Defense" className="corner" />
        {places && (
          <th scope="col" className="first">
            {ranked ? 'Rank' : 'Open places'}{' '}
            <QuestionMark id="places" word={ranked ? 'Rank' : 'Open places'}>
              {placesHint[`${ranked}`]}.
            </QuestionMark>
          </th>
        )}
        {scores.map((column) => (
          <SortHead
            key={column.id}
            {...head(column.id, column.better)}
            id={column.id}
            name={column.name}
            hint={column.hint}
            className={begins.has(column.id) ? 'first' : undefined}
          />
        ))}
        {facts.map(({ id, name, hint }) => (
          <th key={id} scope="col" className={begins.has(id) ? 'first' : undefined}>
            {name}{' '}
            <QuestionMark id={id} word={name}>
              {hint}.
            </QuestionMark>
          </th>
        ))}
        {heat.flatMap((group) =>
          group.columns.map(({ id, name, hint, whyNot, about }, place) => (
            <SortHead
              key={id}
              {...head(id, whyNot === null ? 'higher' : null)}
              id={id}
              name={name}
              hint={hint}
              className={place === 0 ? 'heat first' : 'heat'}
            >
              {about}
            </SortHead>
          )),
        )}
      </tr>
    </thead>
  );
}
