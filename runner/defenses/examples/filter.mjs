/** Drops, in every class, the tenth of the rows that lie farthest from the class's mean picture. */
export default {
  filter({ n, classes, x, y }) {
    const size = x.length / n;
    const rowsOf = Array.from({ length: classes }, () => []);
    for (const [row, label] of y.entries()) rowsOf[label].push(row);
    const keep = new Float32Array(n);
    for (const rows of rowsOf) {
      const mean = new Float64Array(size);
      for (const row of rows) for (let i = 0; i < size; i++) mean[i] += x[row * size + i] / rows.length;
      const distance = (row) => mean.reduce((sum, value, i) => sum + (x[row * size + i] - value) ** 2, 0);
      const near = rows.map((row) => [distance(row), row]).sort(([a], [b]) => a - b);
      for (const [, row] of near.slice(0, Math.ceil(0.9 * rows.length))) keep[row] = 1;
    }
    return keep; // one weight per row, from 0 (left out) to 1
  },
};
