import type { Finding } from './findings.ts';
import { targetedNotes } from './notes.ts';
import type { TargetedRun } from './results.ts';
import { type ShapingId, shapings } from './shapings.ts';
import type { Results } from './table.ts';
import { type TargetedSummary, targetedSummaries } from './targeted.ts';

const noises: readonly ShapingId[] = ['none', 'noise-0.01', 'noise-0.1', 'noise-1'];

/** What the targeted part came to on `lr`, of each data set by itself, over the targets that were tried with every noise. */
export const targetedFindings = ({ targeted }: Results): Finding[] =>
  (['fashion-mnist-3-4', 'purchase-100-like'] as const).flatMap((dataset) => {
    const runs = (targeted?.runs ?? []).filter((run) => run.dataset === dataset && run.model === 'lr' && noises.includes(run.shaping));
    const used = new Set(runs.map(({ shaping }) => shaping));
    const times = ({ seed, target }: TargetedRun) => runs.filter((run) => run.seed === seed && run.target === target).length;
    const byNoise = targetedSummaries(runs.filter((run) => times(run) === used.size));
    return [oneOften(byNoise, dataset), moreWithNoise(byNoise, dataset)];
  });

type On = keyof typeof targetedNotes;
const nameOf: Record<On, string> = { 'fashion-mnist-3-4': 'On FashionMNIST-3/4', 'purchase-100-like': 'On made rows of Purchase-100’s shape' };

function oneOften(byNoise: readonly TargetedSummary[], dataset: On): Finding {
  const claim = `${nameOf[dataset]}: one clean-label poison often suffices without a defense, and seldom under DP-SGD.`;
  const [none, noisiest] = [byNoise[0], byNoise.at(-1)];
  if (!none || !noisiest || none === noisiest) return { claim, holds: null, answer: '' };
  /** Beyond the targets that training on hits by itself. */
  const gained = ({ oneShot, control, targets }: TargetedSummary) => (oneShot.hit - control.hit) / targets;
  const holds = gained(none) >= 1 / 3 && gained(noisiest) < gained(none) / 2;
  const hit = ({ oneShot, control, targets }: TargetedSummary) => `${oneShot.hit} of ${targets} (${control.hit} without poison)`;
  const answer = `Targets hit: ${hit(none)} without shaping; with C = 4 and σ = ${byNoise.slice(1).map(sigmaOf).join(', ')}: ${byNoise.slice(1).map(hit).join(', ')}.`;
  return { claim, holds, answer, ...noteOf(holds, targetedNotes[dataset].one) };
}

function moreWithNoise(byNoise: readonly TargetedSummary[], dataset: On): Finding {
  const claim = `${nameOf[dataset]}: the number of poisons needed rises with the noise.`;
  if (byNoise.length < 3) return { claim, holds: null, answer: '' };
  const needed = byNoise.map(({ poisons }) => poisons.restricted.value);
  const holds = needed.every((value, index) => index === 0 || value >= needed[index - 1]!) && needed.at(-1)! > needed[0]!;
  const list = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(', ');
  const answer = `Mean over ${byNoise[0]!.targets} targets without shaping and with C = 4 and σ = ${byNoise.slice(1).map(sigmaOf).join(', ')}: ${list(needed)}; of copies of the target itself ${list(byNoise.map(({ copies }) => copies.value))}.`;
  return { claim, holds, answer, ...noteOf(holds, targetedNotes[dataset].many) };
}

const noteOf = (holds: boolean, note: string | null) => (holds || note === null ? {} : { note });

const sigmaOf = ({ shaping }: TargetedSummary) => String(shapings[shaping].noiseStd / shapings[shaping].clipNorm!).replace(/^0/, '');
