import { type Finding, type FindingVerdict, surelyAbove } from './finding.ts';
import { targetedNotes } from './notes.ts';
import type { TargetedRun } from './results.ts';
import { type ShapingId, shapings } from './shapings.ts';
import { meanOf, type Results } from './table.ts';
import { type TargetedSummary, targetedSummaries } from './targeted.ts';

const noises: readonly ShapingId[] = ['none', 'noise-0.01', 'noise-0.1', 'noise-1'];

const nameOf = {
  'fashion-mnist-3-4.lr': 'On FashionMNIST-3/4, lr',
  'purchase-100-like.lr': 'On made rows of Purchase-100’s shape, lr',
  'purchase-100-like.mlp-256-256': 'On the same rows, mlp-256-256',
} as const satisfies Record<keyof typeof targetedNotes, string>;
type On = keyof typeof nameOf;

/**
 * What the targeted part came to, of each data set and model by itself, over the targets that were tried with every
 * noise and that training on hits with none by itself.
 */
export const targetedFindings = ({ targeted }: Results): Finding[] =>
  (Object.keys(nameOf) as On[]).flatMap((on) => {
    const runs = (targeted?.runs ?? []).filter(
      ({ dataset, model, shaping }) => `${dataset}.${model}` === on && noises.includes(shaping),
    );
    const used = new Set(runs.map(({ shaping }) => shaping));
    const times = ({ seed, target }: TargetedRun) =>
      runs.filter((run) => run.seed === seed && run.target === target && !run.control).length;
    const whole = runs.filter((run) => times(run) === used.size);
    const byNoise = targetedSummaries(whole);
    return [oneOften(byNoise, on), moreWithNoise(whole, byNoise, on)];
  });

function oneOften(byNoise: readonly TargetedSummary[], on: On): Finding {
  const claim = `${nameOf[on]}: one clean-label poison often suffices without a defense, and seldom under DP-SGD.`;
  const [none, noisiest] = [byNoise[0], byNoise.at(-1)];
  if (!none || !noisiest || none === noisiest) return { claim, verdict: null, answer: '' };
  const verdict = oftenAndSeldom(none, noisiest);
  const hits = byNoise.slice(1).map(({ oneShot }) => oneShot.hit);
  const answer = `Of ${none.targets} targets one poison hits ${none.oneShot.hit} without shaping, and with C = 4 and σ = ${byNoise.slice(1).map(sigmaOf).join(', ')}: ${hits.join(', ')}.`;
  return { claim, verdict, answer, ...noteOf(verdict, targetedNotes[on].one) };
}

/** Often: a third and more. Seldom: less than that. Both by Wilson's intervals, which must not meet. */
function oftenAndSeldom({ oneShot: none }: TargetedSummary, { oneShot: noisiest }: TargetedSummary): FindingVerdict {
  if (none.low >= 1 / 3 && noisiest.high < none.low) return 'holds';
  return none.high < 1 / 3 || noisiest.low >= 1 / 3 ? 'fails' : 'not shown';
}

function moreWithNoise(runs: readonly TargetedRun[], byNoise: readonly TargetedSummary[], on: On): Finding {
  const claim = `${nameOf[on]}: the number of poisons needed rises with the noise.`;
  if (byNoise.length < 3) return { claim, verdict: null, answer: '' };
  const [first, last] = [byNoise[0]!, byNoise.at(-1)!];
  const horizon = Math.min(first.poisons.restricted.horizon, last.poisons.restricted.horizon);
  const needed = (of: TargetedSummary, { seed, target }: TargetedRun) =>
    Math.min(
      horizon,
      runs.find((run) => run.shaping === of.shaping && run.seed === seed && run.target === target)?.multi.smallest ??
        horizon,
    );
  const more = meanOf(
    runs.filter(({ shaping }) => shaping === first.shaping).map((run) => needed(last, run) - needed(first, run)),
  );
  const verdict = more ? surelyAbove(more) : 'not shown';
  const list = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(', ');
  const answer = `Mean over these ${first.targets} without shaping and with C = 4 and σ = ${byNoise.slice(1).map(sigmaOf).join(', ')}: ${list(byNoise.map(({ poisons }) => poisons.restricted.value))}; of copies of the target itself ${list(byNoise.map(({ copies }) => copies.value))}.`;
  return { claim, verdict, answer, ...noteOf(verdict, targetedNotes[on].many) };
}

const noteOf = (verdict: FindingVerdict, note: string | null) => (verdict !== 'fails' || note === null ? {} : { note });

const sigmaOf = ({ shaping }: TargetedSummary) =>
  String(shapings[shaping].noiseStd / shapings[shaping].clipNorm!).replace(/^0/, '');
