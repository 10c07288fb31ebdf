import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { rowsAtRate } from '../../craft/attacks/budget.ts';
import { takeRows } from '../../datasets/rows.ts';
import { type Rng, rootOf } from '../../random/rng.ts';
import { type Directions, directionsOf } from './directions.ts';
import { isFeasible, type Radii, radiiOf, type SlabPoint } from './feasible.ts';
import { rowsOfSet } from './rows-of-set.ts';
import { trainVictim } from './victim.ts';

const quantile = 0.65;
/**
 * The victim in the search: a quarter of the rows, in batches of a quarter's size, so that it takes as many steps as
 * the real one. Another quarter of the rows judges it.
 */
const thinning = 4;
const batchSize = 75;
/**
 * The models that the attacker trains against: the model as it is, and the tightest clipping. Poison that is made
 * against the first alone hardly harms the second.
 */
const victims = [0.1, Number.POSITIVE_INFINITY] as const;

/** Of one point: how far along each direction, and its share of the copies before they are made to sum to 1. */
type Place = { readonly apart: number; readonly model: number; readonly spread: number; readonly mass: number };
/** Two points of class 0, then two of class 1: sixteen numbers. */
type Places = readonly Place[];

export type Found = {
  readonly score: number;
  readonly evaluations: number;
  readonly places: Places;
  readonly points: SlabPoint[];
};

/**
 * A black-box search for slab poison: at most four points, two for each class, on a plane through each class's mean.
 * Their copies stay inside the sanitizer's sphere and slab, and cost the victims as much clean accuracy as possible.
 * The first fifth of the evaluations are random restarts. Then come Gaussian steps on half of the coordinates, at
 * scales 1, ½ and ⅕. A point outside is moved towards its mean until it is inside. The attack is that of Steinhardt,
 * Koh, Liang 2017, https://arxiv.org/abs/1706.03691; the solver is ours.
 */
export async function searchSlab(
  train: LabeledSet,
  rate: number,
  evaluations: number,
  tell: (best: Found) => void,
): Promise<Found> {
  const rng = rootOf(`antidote paper slab\0${rate}`);
  const clean = rowsOfSet(train);
  const radii = radiiOf(clean, quantile);
  const ground = {
    train: rowsOfSet(every(train, thinning, 0)),
    judge: rowsOfSet(every(train, thinning, 2)),
    batchSize,
  };
  const trained = (points: readonly SlabPoint[], clipNorm: number, enough: number) =>
    trainVictim(ground, points, { scale: train.scale, clipNorm, enough, rng: rng.fork('batches') });
  const directions = directionsOf(clean, radii.means, trained([], Number.POSITIVE_INFINITY, 1).weights);
  const pointsOf = (places: Places, n: number) => pointsAt(places, radii, directions, rowsAtRate(n, rate), train.scale);
  let best: Found | null = null;
  const judge = (wanted: Places): Omit<Found, 'evaluations'> | null => {
    const places = drawnIn(wanted, (nearer) => isFeasible(radii, pointsOf(nearer, train.n), train.scale));
    if (!places) return null;
    const points = pointsOf(places, ground.train.n);
    const clipped = trained(points, victims[0], 1).accuracy;
    const whole = trained(points, victims[1], 2 * (best?.score ?? 1) - clipped).accuracy; // beyond that it is no better than the best
    return { score: (clipped + whole) / 2, places, points: pointsOf(places, train.n) };
  };
  for (let done = 0; done < evaluations; ) {
    const explore = done < evaluations / 5;
    const scale = [1, 0.5, 0.2][rng.below(3)]!;
    const tried = judge(best === null || explore ? somewhere(rng) : nearby(best.places, scale, rng));
    await new Promise(setImmediate); // lets a signal through
    if (!tried) continue;
    done++;
    if (best !== null && tried.score >= best.score) continue;
    best = { ...tried, evaluations: done };
    tell(best);
  }
  return { ...best!, evaluations };
}

const every = (set: LabeledSet, nth: number, first: number) =>
  takeRows(
    set,
    Array.from({ length: Math.floor((set.n - first) / nth) }, (_, index) => nth * index + first),
  );

/** Standard deviations of a full step, by coordinate: about a tenth of what the sphere allows. */
const step = { apart: 0.15, model: 1.2, spread: 1.2, mass: 0.25 } as const;

const somewhere = (rng: Rng): Places =>
  Array.from({ length: 4 }, () => ({
    apart: rng.uniform(),
    model: 8 * rng.uniform(),
    spread: 8 * rng.uniform() - 4,
    mass: rng.uniform() ** 2,
  }));

function nearby(places: Places, scale: number, rng: Rng): Places {
  const moved = (value: number, std: number) =>
    rng.uniform() < 0.5 ? value : value + rng.gaussians(1, std * scale)[0]!;
  return places.map(({ apart, model, spread, mass }) => ({
    apart: moved(apart, step.apart),
    model: moved(model, step.model),
    spread: moved(spread, step.spread),
    mass: Math.max(0, moved(mass, step.mass)),
  }));
}

/**
 * The places, drawn in towards their means by tenths until they are feasible; null where that takes more than half of
 * the way.
 */
function drawnIn(places: Places, feasible: (places: Places) => boolean): Places | null {
  for (let share = 1; share > 0.5; share -= 0.1) {
    const nearer = places.map((place) => ({
      ...place,
      apart: place.apart * share,
      model: place.model * share,
      spread: place.spread * share,
    }));
    if (feasible(nearer)) return nearer;
  }
  return null;
}

/**
 * Class 0 moves one way, class 1 the other: μ_c − c(a·apart + b·model + e·spread), c = ±1, clipped to what a pixel can
 * be.
 */
function pointsAt(places: Places, { means }: Radii, directions: Directions, total: number, scale: number): SlabPoint[] {
  const mass = places.reduce((sum, place) => sum + place.mass, 0) || 1;
  let left = total;
  return places.flatMap((place, index) => {
    const label = index < 2 ? 0 : 1;
    const copies = index === places.length - 1 ? left : Math.min(left, Math.round((total * place.mass) / mass));
    left -= copies;
    if (copies === 0) return [];
    const sign = label === 1 ? 1 : -1;
    const x = Uint8Array.from(means[label], (mean, at) => {
      const moved =
        place.apart * directions.apart[at]! +
        place.model * directions.model[at]! +
        place.spread * directions.spread[at]!;
      return Math.round(Math.min(1, Math.max(0, mean - sign * moved)) * scale);
    });
    return [{ label, copies, x }];
  });
}
