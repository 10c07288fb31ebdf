import type { Estimate, Report } from '../../lib/contract/report.ts';
import type { TrialResult } from '../../lib/contract/result.ts';
import type { Suite } from '../../lib/contract/suite.ts';
import { columns } from './columns.ts';

/** A report for a person at a terminal: a line per scenario, then the scores. */
export function tableOf(suite: Suite, report: Report): string {
  const { scores, engine, trials } = report;
  const filters = report.module.kind === 'filter' || report.module.kind === 'control';
  const metrics = [...measured, ...(filters ? filtered : [])];
  const cellsOf = (of: readonly TrialResult[]) => metrics.map(([metric]) => meanOf(of, metric));
  const scenarios = suite.scenarios.flatMap(({ id, family }) =>
    trials.some(({ scenario }) => scenario === id)
      ? [[id, family, ...cellsOf(trials.filter(({ scenario }) => scenario === id)), scoreOf(report, id)]]
      : [],
  );
  const clean = [...new Set(trials.filter(({ budget }) => budget === 0).map(({ scenario }) => scenario))].map((id) => [
    id,
    'no poison',
    ...cellsOf(trials.filter(({ scenario }) => scenario === id)),
    '',
  ]);
  const families = Object.entries(scores.families).map(([family, value]) => [`family ${family}`, inWords(value)]);
  const summary = [
    ['worst family', scores.worst ? `${inWords(scores.worst)} (${scores.worst.family})` : '–'],
    ['mean', inWords(scores.mean)],
    ...(scores.chosen ?? []).map(({ scenario, budget, seeds }) => [
      'worst adaptive cell',
      `${scenario} at ${budget}, seeds ${seeds.join(' ')}`,
    ]),
    ['utility', inWords(scores.utility)],
    ['gain over under-training', inWords(scores.gain)],
    ['cost', scores.cost ? `${scores.cost.value.toFixed(2)} × undefended training` : '–'],
    ...(scores.flags.length > 0 ? [['flags', scores.flags.join(', ')]] : []),
    [
      'engine',
      `${engine.backend} ${engine.version}${report.jailed ? (report.jail ? `, in ${report.jail}` : '') : ', no jail'}`,
    ],
  ];
  const head = ['scenario', 'family', ...metrics.map(([, name]) => name), 'robustness'];
  return `${[...columns([head, ...clean, ...scenarios]), '', ...columns([...families, ...summary])].join('\n')}\n`;
}

type Metric = 'cleanAccuracy' | 'robustAccuracy' | 'attackSuccess' | 'filterRecall' | 'filterFalsePositives';
const measured: [Metric, string][] = [
  ['cleanAccuracy', 'clean'],
  ['robustAccuracy', 'robust'],
  ['attackSuccess', 'success'],
];
/** Of the poison, and of the clean rows, what a filter left out. */
const filtered: [Metric, string][] = [
  ['filterRecall', 'recall'],
  ['filterFalsePositives', 'false'],
];

/** Over the trials that have that number; a failed one has none, and the line says so. */
function meanOf(trials: readonly TrialResult[], metric: Metric): string {
  const failed = trials.filter(({ outcome }) => outcome !== 'scored');
  if (failed.length > 0 && metric === 'cleanAccuracy') return failed[0]!.outcome;
  const values = trials.flatMap((trial) => trial[metric] ?? []);
  return values.length > 0 ? (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3) : '–';
}

function scoreOf({ scores, reference }: Report, scenario: string): string {
  const value = scores.scenarios[scenario];
  if (value) return inWords(value);
  if (reference.cells.length === 0) return '–';
  return reference.cells.some((cell) => cell.scenario === scenario && cell.bites) ? 'not counted' : 'does not bite';
}

function inWords(estimate: Estimate | null): string {
  if (!estimate) return '–';
  const interval =
    estimate.low === null || estimate.high === null ? '' : ` [${estimate.low.toFixed(3)}, ${estimate.high.toFixed(3)}]`;
  return `${estimate.value.toFixed(3)}${interval}  n ${estimate.n}`;
}
