import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Estimate, ReferenceCell } from '@/lib/contract/report.ts';
import type { Scenario, Suite } from '@/lib/contract/suite.ts';
import { mostByBias } from '@/lib/scoring/version-2/gate.ts';
import { type Detail, familiesOf, type Numbers, scenarioGroups } from './board-columns.ts';
import { attackName, budgetsText, familyHint, familyName } from './words.ts';

/**
 * A column of the heat map. `counts`: some of its cells bite, and no score leaves it out. `anchor`: where a
 * submission's page tells more of it.
 */
export type HeatColumn = {
  id: string;
  name: string;
  hint: string | undefined;
  counts: boolean;
  anchor: string;
  about: ReactNode;
  of: (row: Numbers) => Estimate | null | undefined;
};

/** The heat map's columns under their common heads: one for each family, or one for each scenario, family by family. */
export function heatGroups(
  suite: Suite,
  detail: Exclude<Detail, 'none'>,
  cells: readonly ReferenceCell[] | null,
): { name: string; columns: HeatColumn[] }[] {
  const counts = ({ id, control }: Scenario) =>
    !control &&
    (cells === null || cells.some(({ scenario, bites, bias = 0 }) => scenario === id && bites && bias <= mostByBias));
  if (detail === 'scenarios')
    return scenarioGroups(suite).map(({ name, scenarios }) => ({
      name,
      columns: scenarios.map((one) => scenarioColumn(one, counts(one))),
    }));
  const families = familiesOf(suite).map((family): HeatColumn => {
    const members = suite.scenarios.filter((scenario) => scenario.family === family);
    const counted = members.filter(counts);
    return {
      id: family,
      name: familyName[family],
      hint: familyHint[family],
      counts: counted.length > 0,
      anchor: (counted[0] ?? members[0]!).id,
      about: (
        <span className="beside font-normal">
          {counted.length === 0 ? 'does not bite' : counted.length === 1 ? '1 scenario' : `${counted.length} scenarios`}
        </span>
      ),
      of: (row) => row.families[family],
    };
  });
  return [{ name: 'Share undone, by family of attacks', columns: families }];
}

function scenarioColumn({ id, attack, model, budgets }: Scenario, counts: boolean): HeatColumn {
  const about = (
    <>
      <Line>{model}</Line>
      <Line>{budgetsText(budgets, attack)}</Line>
      {!counts && <Line>does not bite</Line>}
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
  return { id, name: attackName(attack), hint: undefined, counts, anchor: id, about, of: (row) => row.scenarios[id] };
}

const Line = ({ children }: { children: ReactNode }) => (
  <span className="block text-xs font-normal text-soft">{children}</span>
);
