import type { DescribedBaseline, PrivacyAccount } from './described-baseline.ts';

/** On FashionMNIST by the recipe `core`. */
const run = { batchSize: 256, rows: 60_000, steps: 702, delta: 1e-5 };

/** With steps that are so many times as long. */
export const dpSgdOnFashionMnist = (setting: Omit<PrivacyAccount, keyof typeof run>, length = 1) => {
  const { clippingNorm: c, noiseMultiplier: sigma, rdp, prv } = setting;
  const name = `DP-SGD, C ${c}, σ ${sigma}${length === 1 ? '' : `, step × ${length}`}`;
  return {
    ...{ name, shortName: name },
    ...(length === 1 ? {} : { scoring: 2 }),
    kind: 'shape',
    role: 'reference',
    card: {
      description: `Each example’s whole gradient clipped to norm ${c}, Gaussian noise of standard deviation ${sigma} times that added to the sum: the exemplar of gradient shaping.${length === 1 ? '' : ` The step is ${length} times as long.`} On the 60,000 rows of FashionMNIST (q = 256/60,000, 702 steps) ε ≤ ${rdp} at δ = 1e-5 by RDP, rows added or removed.`,
      paper: 'https://arxiv.org/abs/1607.00133',
      claims: { epsilon: rdp, delta: run.delta },
    },
    privacy: { clippingNorm: c, noiseMultiplier: sigma, ...run, rdp, prv },
  } satisfies DescribedBaseline;
};
