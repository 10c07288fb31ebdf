import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Estimate } from '@/lib/contract/report.ts';
import type { Scenario, Suite } from '@/lib/contract/suite.ts';
import type { Cell } from '@/lib/scoring/references.ts';
import { type Uncounted, uncountedFor } from '@/lib/scoring/uncounted.ts';
import { type Detail, familiesOf, type Numbers, scenarioGroups } from './board-columns.ts';
import { attackName, budgetsText, familyHint, familyName, uncountedText } from './words.ts';

/**
 * A column of the heat map. `whyNot`: in a few words why none of its cells counts; null where one does. `anchor`: where
 * a submission's page tells more of it.
 */
export type HeatColumn = {
  id: string;
  name: string;
  hint: string | undefined;
  whyNot: string | null;
  anchor: string;
  about: ReactNode;
  of: (row: Numbers) => Estimate | null | undefined;
};

/** The heat map's columns under their common heads: one for each family, or one for each scenario, family by family. */
export function heatGroups(
  suite: Suite,
  detail: Exclude<Detail, 'none'>,
  cells: readonly Cell[] | null,
): { name: string; columns: HeatColumn[] }[] {
  const whyNot = (...scenarios: readonly Scenario[]) => whyNotOf(scenarios, cells);
  if (detail === 'scenarios')
    return scenarioGroups(suite).map(({ name, scenarios }) => ({
      name,
      columns: scenarios.map((one) => scenarioColumn(one, whyNot(one))),
    }));
  const families = familiesOf(suite).map((family): HeatColumn => {
    const members = suite.scenarios.filter((scenario) => scenario.family === family);
    const counted = members.filter((one) => whyNot(one) === null);
    return {
      id: family,
      name: familyName[family],
      hint: familyHint[family],
      whyNot: whyNot(...members),
      anchor: (counted[0] ?? members[0]!).id,
      about: (
        <span className="beside font-normal">
          {whyNot(...members) ?? (counted.length === 1 ? '1 scenario' : `${counted.length} scenarios`)}
        </span>
      ),
      of: (row) => row.families[family],
    };
  });
  return [{ name: 'Share undone, by family of attacks', columns: families }];
}

/** Every reason that one of these scenarios' cells has. Where nobody has measured them, all but controls count. */
function whyNotOf(scenarios: readonly Scenario[], cells: readonly Cell[] | null): string | null {
  const reasons = scenarios.flatMap((scenario): (Uncounted | null)[] =>
    cells
      ? cells.filter((cell) => cell.scenario === scenario.id).map((cell) => uncountedFor(scenario, cell))
      : [scenario.control ? 'control' : null],
  );
  if (reasons.includes(null)) return null;
  return [...new Set(reasons)].map((reason) => uncountedText[reason!]).join(', or ');
}

function scenarioColumn({ id, attack, model, budgets }: Scenario, whyNot: string | null): HeatColumn {
  const about = (
    <>
      <Line>{model}</Line>
      <Line>{budgetsText(budgets, attack)}</Line>
      {whyNot && <Line>{whyNot}</Line>}
      <Link
        href={`/attacks/${attack}`}
        prefetch={false}
        aria-label={`About ${attackName(attack)}`}
        className="link inline-block py-1 text-xs font-normal"
      >
        about
      </Link>
    </>
  );
  return { id, name: attackName(attack), hint: undefined, whyNot, anchor: id, about, of: (row) => row.scenarios[id] };
}

const Line = ({ children }: { children: ReactNode }) => (
  <span className="block text-xs font-normal text-soft">{children}</span>
);
