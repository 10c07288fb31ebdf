import { keptOf, type Left, type Standard } from '../../lib/scoring/version-2/kept.ts';
import { recallsOf, robustAccuracyOf } from '../metrics/index.ts';

/** Rows with their true labels, and what a model makes of them. */
export type Called = { readonly logits: Float32Array; readonly y: Int32Array }; // [n, classes], [n]

/** All that there is to know of a cell: what guessing could buy at most is found by who knows it. */
export type BiasedCell = {
  readonly standard: Standard;
  /** Clean test rows. */
  readonly test: Called;
  /**
   * The attacked rows, the label that the attacker wants, and how much classes weigh where they do not weigh the same.
   */
  readonly attacked: Called & { readonly wanted: Int32Array | null; readonly shares?: Float64Array | undefined };
};

export type Biased = Left & { readonly biases: readonly number[] };

/** How far one bias is moved at a time. */
const steps = [8, 4, 2, 1, 0.5, 0.25, 0.1, 0.05].flatMap((step) => [step, -step]);
const sweeps = 6;
/** What nothing outweighs. */
const veto = 1_000;

/**
 * The biases, one a class, that keep most of what the attacked model can keep by them alone: coordinate ascent from
 * three starts, always the same number of sweeps over the classes. The starts: no bias; a veto of the wanted labels;
 * the classes of the attacked rows raised until 60 % of these rows are called right.
 */
export function tunedBiases(cell: BiasedCell): Biased {
  const ends = startsOf(cell).map((start) => ascended(cell, start));
  return ends.reduce((best, one) => (keptBy(cell, one) > keptBy(cell, best) ? one : best));
}

const keptBy = ({ standard }: BiasedCell, left: Left) => keptOf(standard, standard.recalls, left);

function startsOf(cell: BiasedCell): number[][] {
  const { y, wanted } = cell.attacked;
  const classes = cell.standard.recalls.length;
  const all = (bias: (label: number) => number) => Array.from({ length: classes }, (_, label) => bias(label));
  const none = all(() => 0);
  const vetoed = all((label) => (wanted?.includes(label) && !y.includes(label) ? -veto : 0));
  const raised = (by: number) => all((label) => (y.includes(label) ? by : 0));
  const heights = Array.from({ length: 81 }, (_, at) => at / 4);
  const height = heights.find((by) => leftBy(cell, raised(by)).robustAccuracy >= 0.6) ?? 0;
  return [none, vetoed, raised(height)];
}

/** What the model leaves with these biases. */
export const leftBy = (cell: BiasedCell, biases: readonly number[]): Biased => ({
  biases,
  ...scan(cell, biases, 0).leftAt(biases[0]!),
});

function ascended(cell: BiasedCell, start: readonly number[]): Biased {
  const biases = [...start];
  let best: Biased = leftBy(cell, biases);
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (let label = 0; label < biases.length; label++) {
      const { leftAt } = scan(cell, biases, label);
      const from = biases[label]!;
      for (const step of steps) {
        const left = leftAt(from + step);
        if (keptBy(cell, left) <= keptBy(cell, best)) continue;
        biases[label] = from + step;
        best = { biases: [...biases], ...left };
      }
    }
  return best;
}

/** All biases but that of one class held fast: what is left where it is moved. */
function scan({ test, attacked, standard }: BiasedCell, biases: readonly number[], label: number) {
  const classes = standard.recalls.length;
  const [onTest, onAttacked] = [leads(test, biases, label), leads(attacked, biases, label)];
  return {
    leftAt: (bias: number): Left => ({
      recalls: recallsOf(calledAt(onTest, label, bias), { y: test.y, classes }),
      robustAccuracy: robustAccuracyOf(calledAt(onAttacked, label, bias), { y: attacked.y, classes }, attacked.shares),
    }),
  };
}

/** Of each row the best of the other classes, and by how much it leads. */
type Leads = { readonly best: Int32Array; readonly by: Float64Array }; // [n] each

function leads({ logits, y }: Called, biases: readonly number[], label: number): Leads {
  const classes = biases.length;
  const [best, by] = [new Int32Array(y.length), new Float64Array(y.length)];
  for (let row = 0; row < y.length; row++) {
    let most = Number.NEGATIVE_INFINITY;
    for (let other = 0; other < classes; other++) {
      const value = logits[row * classes + other]! + biases[other]!;
      if (other === label || value <= most) continue;
      most = value;
      best[row] = other;
    }
    by[row] = most - logits[row * classes + label]!;
  }
  return { best, by };
}

/** What each row is called where the class has that bias; of equals the smaller label. */
const calledAt = ({ best, by }: Leads, label: number, bias: number): Int32Array =>
  best.map((other, row) => (bias > by[row]! || (bias === by[row]! && label < other) ? label : other));
