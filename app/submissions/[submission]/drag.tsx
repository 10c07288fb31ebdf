import { score } from '@/app/ui/numbers.ts';
import { Section } from '@/app/ui/page-head.tsx';
import { attackName, budgetText, familyInText, modelName } from '@/app/ui/words.ts';
import type { Scores } from '@/lib/contract/report.ts';
import { rankedBy, type Suite } from '@/lib/contract/suite.ts';
import { costliest, type EntryCell, stillLost } from '@/lib/scoring/entry-cells.ts';

/** A share of rows in points, without a sign. */
const lost = (share: number) => (100 * share).toFixed(1);

/** In words: the families that keep its score down, and the cells in which the attack still takes most. */
export function Drag({ suite, scores, cells }: { suite: Suite; scores: Scores; cells: readonly EntryCell[] }) {
  const families = Object.entries(scores.families)
    .flatMap(([family, estimate]) => (estimate ? [{ family, value: estimate.value }] : []))
    .sort((a, b) => a.value - b.value);
  const worst = costliest(cells, 3);
  if (families.length === 0 || worst.length === 0) return null;
  return (
    <Section title="What costs it most">
      <p className="max-w-3xl">
        {rankedBy(suite) === 'mean' ? <OfMean families={families} /> : <OfWorst families={families} />}
      </p>
      <p className="mt-3">The cells in which the attack still takes most of the attacked rows:</p>
      <ul className="mt-1 list-disc pl-5">
        {worst.map((cell) => (
          <li key={`${cell.scenario.id} ${cell.budget}`}>
            <a className="link" href={`#${cell.scenario.id}`}>
              {attackName(cell.scenario.attack)}
            </a>{' '}
            with {budgetText(cell.budget, cell.scenario.attack)} on {modelName(cell.scenario.model)}:{' '}
            {lost(stillLost(cell)!)} points are lost, {lost(cell.clean - cell.undefended)} without a defense.
          </li>
        ))}
      </ul>
    </Section>
  );
}

type Families = { families: readonly { family: string; value: number }[] };

/** Each family weighs the same: what it lacks to 1 is divided by how many there are. */
function OfMean({ families }: Families) {
  const lacks = families.map(({ family, value }) => ({ family, lack: (1 - value) / families.length }));
  const all = lacks.reduce((sum, { lack }) => sum + lack, 0);
  const said = lacks.filter(({ lack }) => lack > 0.005).slice(0, 3);
  return (
    <>
      It lacks {score(all)} to a mean of 1. Most of it is lost against{' '}
      {said.map(({ family, lack }) => `${familyInText(family)} attacks (${score(lack)})`).join(', ')}.
    </>
  );
}

function OfWorst({ families: [first, second] }: Families) {
  return (
    <>
      Against {familyInText(first!.family)} attacks it undoes {score(first!.value)} of the damage: this family alone
      decides its place on the board.
      {second && ` The next one, ${familyInText(second.family)}, is at ${score(second.value)}.`}
    </>
  );
}
