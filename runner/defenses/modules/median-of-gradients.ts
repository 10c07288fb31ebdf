import type { GradientStep, ShapeDefense } from '../../../lib/contract/defense.ts';

/** The main parameter: m shards of a batch. Worth tuning: 5, 10, 20. */
const shards = 10;

/**
 * Median of gradients: a batch is split into m shards, and the step is the median of their mean gradients, coordinate by
 * coordinate. Few poison rows move few of the m means, and these the median ignores. With poison in more than half of
 * the shards it ignores nothing. Yin et al. 2018, https://arxiv.org/abs/1803.01498
 */
export default {
  shape(step: GradientStep) {
    const counts = new Array<number>(shards).fill(0);
    for (let row = 0; row < step.size; row++) counts[row % shards]!++; // a batch has no order that means anything
    const means = counts.flatMap((count, shard) => {
      if (count === 0) return [];
      const weights = Float32Array.from({ length: step.size }, (_, row) => (row % shards === shard ? 1 / count : 0));
      return [step.sum(weights)];
    });
    return means.length > 0 ? step.median(means) : step.sum(new Float32Array(0));
  },
} satisfies ShapeDefense;
