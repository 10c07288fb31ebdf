import type { Estimate } from '@/lib/contract/report.ts';
import { rankedBy, type Scenario, type Suite } from '@/lib/contract/suite.ts';
import type { Standing } from '@/lib/db/standings.ts';
import { points, score, times } from './numbers.ts';
import { familyHint, familyName, runtimeText, stoppedEarly, trackText } from './words.ts';

/** What the columns show of a row. */
export type Numbers = Pick<Standing, 'worst' | 'mean' | 'gain' | 'utility' | 'cost' | 'families' | 'scenarios'>;

/** A column of numbers on the board. `better`: which direction is. `hint`: what it is, in a sentence or two. */
export type Column = {
  id: string;
  name: string;
  hint: string;
  better: 'higher' | 'lower';
  of: (row: Numbers) => Estimate | null | undefined;
  format: (value: number) => string;
  /** Of the ends of its interval, where that is shorter. */
  ends?: (value: number) => string;
};

const worst: Column = {
  id: 'worst',
  name: 'Worst family',
  hint: 'Share of the damage undone, in the attack family where the defense does worst',
  better: 'higher',
  of: (row) => row.worst,
  format: score,
};

const mean: Column = {
  id: 'mean',
  name: 'Mean',
  hint: 'Share of the damage undone, mean over attack families',
  better: 'higher',
  of: (row) => row.mean,
  format: score,
};

/** What is told of an entry in words. */
export type Fact = { id: string; name: string; hint: string; of: (row: Standing) => string };

const gain = (hint: string): Column => ({
  id: 'gain',
  name: 'Gain',
  hint,
  better: 'higher',
  of: (row) => row.gain,
  format: score,
});

/** The number that ranks comes first. */
const shares = {
  worst: [
    worst,
    mean,
    gain(
      'Worst family, less that of the best plain SGD, however short its schedule, whose clean accuracy is no lower: what is more than under-training',
    ),
  ],
  mean: [mean, worst, gain(`Mean, less ${stoppedEarly}: what is surely more than under-training`)],
};

const costs: readonly Column[] = [
  {
    id: 'utility',
    name: 'Utility',
    hint: 'Clean accuracy without poison, against the undefended model’s, in points',
    better: 'higher',
    of: (row) => row.utility,
    format: points,
  },
  {
    id: 'cost',
    name: 'Cost',
    hint: 'Training time over undefended training’s',
    better: 'lower',
    of: (row) => row.cost,
    format: times,
    ends: (value) => times(value).slice(0, -1),
  },
];

export const facts: readonly Fact[] = [
  {
    id: 'assumes',
    name: 'Assumes',
    hint: 'What its card says that it needs beside the training set',
    of: ({ track }) => (track === null ? 'the truth' : trackText[track]),
  },
  {
    id: 'language',
    name: 'Language',
    hint: 'What its module is written in, with its set of packages',
    of: ({ kind, runtime }) => (kind === 'control' ? '–' : runtimeText(runtime)),
  },
  {
    id: 'engine',
    name: 'Engine',
    hint: 'What trained its models. Numbers are compared within one engine',
    of: ({ engine }) => engine,
  },
  { id: 'submitted', name: 'Submitted', hint: 'The day, UTC', of: ({ submittedAt }) => submittedAt.slice(0, 10) },
];

/** Where an entry may stand among the others: drawn, not a number. */
export const placesId = 'places';

/** All that can be chosen, in one order for every suite. */
export const columnNames: readonly { id: string; name: string }[] = [
  { id: placesId, name: 'Open places' },
  ...shares.mean,
  ...costs,
  ...facts,
];
export const columnIds = columnNames.map(({ id }) => id);
export const usualColumns: readonly string[] = [placesId, ...shares.mean, ...costs].map((column) =>
  typeof column === 'string' ? column : column.id,
);

type Group<Member> = { readonly name: string; readonly columns: readonly Member[] };

/** Scores by what they are about; the group's name stands above its columns. */
export function columnGroups(suite: Suite, shown: readonly string[] = columnIds): Group<Column>[] {
  const all = [
    { name: 'Share of the damage undone', columns: shares[rankedBy(suite)] },
    { name: 'What it costs', columns: costs },
  ];
  return all
    .map(({ name, columns }) => ({ name, columns: columns.filter(({ id }) => shown.includes(id)) }))
    .filter(({ columns }) => columns.length > 0);
}

export const scoreColumns = (suite: Suite, shown?: readonly string[]): Column[] =>
  columnGroups(suite, shown).flatMap(({ columns }) => columns);

const share = { better: 'higher', format: score } as const;

const familyColumns = (suite: Suite): Column[] =>
  familiesOf(suite).map((family) => ({
    ...share,
    id: family,
    name: familyName[family],
    hint: familyHint[family],
    of: (row) => row.families[family],
  }));

const scenarioColumns = (suite: Suite): Column[] =>
  suite.scenarios.map(({ id }) => ({ ...share, id, name: id, hint: '', of: (row) => row.scenarios[id] }));

/** The suite's families, in the order in which its scenarios name them. */
export const familiesOf = (suite: Suite) => [...new Set(suite.scenarios.map(({ family }) => family))];

/**
 * Scenarios as they stand side by side on the heat map: family by family, and last the controls, which no score counts.
 */
export function scenarioGroups(suite: Suite): { name: string; scenarios: Scenario[] }[] {
  const families = familiesOf(suite).map((family) => ({
    name: familyName[family],
    scenarios: suite.scenarios.filter((scenario) => scenario.family === family && !scenario.control),
  }));
  return [...families, { name: 'Controls', scenarios: suite.scenarios.filter(({ control }) => control) }].filter(
    ({ scenarios }) => scenarios.length > 0,
  );
}

/** What the heat map tells of: each family as a whole, each scenario, or nothing. */
export type Detail = 'families' | 'scenarios' | 'none';

/** More scenarios than this are shown by family unless they are asked for. */
const scenariosAtOnce = 8;
export const usualDetail = (suite: Suite): Detail =>
  suite.scenarios.length > scenariosAtOnce ? 'families' : 'scenarios';

/** The columns of numbers that are shown, and so can be sorted by. The one that ranks always can. */
export const sortableColumns = (suite: Suite, detail: Detail): Column[] => [
  ...scoreColumns(suite),
  ...(detail === 'families' ? familyColumns(suite) : detail === 'scenarios' ? scenarioColumns(suite) : []),
];

/** The perfect filter and no defense at all stand above and below the others, and are never hidden. */
export const isBracket = ({ baseline }: Pick<Standing, 'baseline'>) =>
  baseline === 'none' || baseline === 'oracle-filter';
