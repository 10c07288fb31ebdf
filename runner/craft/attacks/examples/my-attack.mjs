/** @type {import('antidote').Attack<{ target: number }>} */
export default {
  id: 'white-corner',
  family: 'backdoor',
  aim: 'triggered',
  budget: 'rate',
  params: {
    parse({ target, ...others }) {
      if (Number.isInteger(target) && Object.keys(others).length === 0) return { target };
      throw new RangeError(`want { target: a class }, got ${JSON.stringify({ target, ...others })}`);
    },
  },
  /** The pixel of the lower right corner is made white, and the row is called the target. */
  poison({ clean, test, budget, params: { target }, rng }) {
    const size = clean.x.length / clean.n;
    const index = rng.fork('rows').sample(clean.n, Math.floor(budget * clean.n));
    const rows = new Uint8Array(index.length * size);
    for (const [i, row] of index.entries()) {
      rows.set(clean.x.subarray(row * size, (row + 1) * size), i * size);
      rows[(i + 1) * size - 1] = 255;
    }
    const corner = () => new Uint8Array(size).fill(255, size - 1);
    const attacked = Int32Array.from([...test.y.keys()].filter((row) => test.y[row] !== target));
    return {
      index,
      labels: new Int32Array(index.length).fill(target),
      rows,
      aim: {
        attacked,
        wanted: new Int32Array(attacked.length).fill(target),
        trigger: { pixels: corner(), opacity: corner() },
      },
    };
  },
};
