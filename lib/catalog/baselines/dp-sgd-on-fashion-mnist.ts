import type { DescribedBaseline, PrivacyAccount, PrivacyBound } from './described-baseline.ts';

/** On FashionMNIST by the recipe `core`. */
const run = { batchSize: 256, steps: 702, delta: 1e-5 };

/** By the noise multiplier: on the whole training set, and on the rows that a drawn suite has of it. */
const boundsOf: Record<0.5 | 1 | 2, readonly [whole: PrivacyBound, drawn: PrivacyBound]> = {
  0.5: [
    { rows: 60_000, rdp: 7.9, prv: 6.47 },
    { rows: 30_000, rdp: 12.15, prv: 10.34 },
  ],
  1: [
    { rows: 60_000, rdp: 1.04, prv: 0.63 },
    { rows: 30_000, rdp: 1.62, prv: 1.32 },
  ],
  2: [
    { rows: 60_000, rdp: 0.25, prv: 0.22 },
    { rows: 30_000, rdp: 0.49, prv: 0.45 },
  ],
};

/** With steps that are so many times as long; those of more than one stand on the boards of drawn suites alone. */
export function dpSgdOnFashionMnist(
  setting: { clippingNorm: number; noiseMultiplier: keyof typeof boundsOf },
  length = 1,
): DescribedBaseline & { kind: 'shape'; privacy: PrivacyAccount } {
  const { clippingNorm: c, noiseMultiplier: sigma } = setting;
  const [whole, drawn] = boundsOf[sigma];
  const name = `DP-SGD, C ${c}, σ ${sigma}${length === 1 ? '' : `, step × ${length}`}`;
  const clipped = `Each example’s whole gradient clipped to norm ${c}, Gaussian noise of standard deviation ${sigma} times that added to the sum: the exemplar of gradient shaping.`;
  const bounded = (of: string, { rows, rdp }: PrivacyBound) =>
    `On the ${rows.toLocaleString('en-US')} rows of ${of} (q = 256/${rows.toLocaleString('en-US')}, 702 steps) ε ≤ ${rdp} at δ = 1e-5 by RDP, rows added or removed.`;
  const onDrawn = bounded('FashionMNIST that a drawn suite has', drawn);
  return {
    ...{ name, shortName: name },
    ...(length === 1 ? {} : { scoring: 2 }),
    kind: 'shape',
    role: 'reference',
    card: {
      description:
        length === 1
          ? `${clipped} ${bounded('FashionMNIST', whole)} ${onDrawn}`
          : `${clipped} The step is ${length} times as long. ${onDrawn}`,
      paper: 'https://arxiv.org/abs/1607.00133',
      claims: { epsilon: (length === 1 ? whole : drawn).rdp, delta: run.delta },
    },
    privacy: { ...setting, ...run, bounds: length === 1 ? [whole, drawn] : [drawn] },
  };
}
