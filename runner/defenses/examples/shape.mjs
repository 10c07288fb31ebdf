/** Scales every example's gradient down to the median norm of its batch, so that none pulls harder than most. */
export default {
  shape(step) {
    const norms = step.norms(); // one per example
    const median = norms.slice().sort()[norms.length >> 1] || 1;
    const weights = norms.map((norm) => Math.min(1, median / norm));
    return step.sum(weights).times(1 / (median * step.expectedSize));
  },
};
