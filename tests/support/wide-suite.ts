import { AttackId } from '../../lib/catalog/attacks/index.ts';
import { Family } from '../../lib/contract/ids.ts';
import { SuiteSchema } from '../../lib/contract/suite.ts';
import type { Standing } from '../../lib/db/standings.ts';

/**
 * A suite as large as one gets: twenty scenarios over every family, some with three budgets, the last two of them
 * controls. It exists in tests alone.
 */
export const wideSuite = SuiteSchema.parse({
  id: 'wide-1',
  title: 'Wide',
  summary: 'Twenty scenarios.',
  published: '2026-11-26',
  recipe: 'core',
  ranked: true,
  seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  gateSeeds: [100, 101],
  scenarios: Array.from({ length: 20 }, (_, place) => ({
    id: `scenario-${place}`,
    dataset: 'fashion-mnist',
    model: place % 3 === 0 ? 'lr' : 'mlp-128',
    attack: AttackId.options[place % AttackId.options.length],
    family: Family.options[place % Family.options.length],
    control: place >= 18,
    budgets: place % 2 === 0 ? [0.05, 0.1, 0.2] : [0.01],
  })),
  digest: `sha256:${'0'.repeat(64)}`,
});

const estimate = (value: number) => ({ value, low: value - 0.04, high: value + 0.04, n: 10 });

/** Rows on it: both brackets, a scored one and one that waits. */
export const wideRows: Standing[] = [
  wideRow('Oracle filter', 'oracle-filter', 0.98),
  wideRow('A defense with a name of some length', null, 0.61),
  {
    ...wideRow('Waiting', null, 0),
    state: 'queued',
    worst: null,
    mean: null,
    utility: null,
    cost: null,
    families: {},
    scenarios: {},
  },
  wideRow('No defense', 'none', 0),
];

function wideRow(name: string, baseline: Standing['baseline'], value: number): Standing {
  const counted = wideSuite.scenarios.filter(({ control }) => !control);
  return {
    submission: '00000000-0000-4000-8000-000000000000',
    name,
    author: 'Ada',
    kind: baseline === 'oracle-filter' ? 'control' : 'shape',
    runtime: 'javascript',
    baseline,
    state: 'scored',
    rank: null,
    worst: { family: Family.options[0]!, ...estimate(value) },
    mean: estimate(value),
    utility: estimate(-0.01),
    gain: null,
    track: baseline ? null : 'nothing',
    cost: estimate(2),
    flags: [],
    families: Object.fromEntries(Family.options.map((family, place) => [family, estimate(value - 0.05 * place)])),
    scenarios: Object.fromEntries(counted.map(({ id }, place) => [id, estimate(value - 0.02 * place)])),
    engine: 'wasm',
    progress: 0,
    position: null,
    note: null,
    snapshotAt: null,
    computedAt: null,
    submittedAt: '2026-01-01T00:00:00.000Z',
  };
}
