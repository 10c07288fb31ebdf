import { join } from 'node:path';
import { loadDataset } from '../datasets/index.ts';
import { projectDir } from '../host/dist.ts';
import { dataPath } from '../host/places.ts';
import { writeNamed } from '../host/write-named.ts';
import { searchSlab } from '../paper/slab/search.ts';
import { remark } from '../terminal/tell.ts';

/** The more poison, the more there is to gain by searching longer. */
const searches = [
  { rate: 0.4, evaluations: 500 },
  { rate: 0.2, evaluations: 150 },
  { rate: 0.1, evaluations: 80 },
];

/** Searches for the slab attack's poison and writes it where it is committed. */
export async function paperSlabPoints(): Promise<number> {
  const { train } = await loadDataset('fashion-mnist-3-4', dataPath());
  const poisons: {
    rate: number;
    score: number;
    evaluations: number;
    points: { label: 0 | 1; copies: number; x: string }[];
  }[] = [];
  for (const { rate, evaluations } of searches) {
    const tell = (best: { score: number; evaluations: number }) =>
      remark(`rate ${rate}, evaluation ${best.evaluations}: ${best.score.toFixed(4)}`);
    const found = await searchSlab(train, rate, evaluations, tell);
    const points = found.points.map((point) => ({ ...point, x: Buffer.from(point.x).toString('base64') }));
    poisons.push({ rate, score: found.score, evaluations: found.evaluations, points });
    await writeNamed(
      join(projectDir, 'runner/paper/slab/points.json'),
      `${JSON.stringify({ format: 'antidote-slab-points-1', poisons })}\n`,
    );
  }
  return 0;
}
