import { join } from 'node:path';
import type { PartId } from '../../lib/studies/paper/results.ts';
import { ensureDataset } from '../datasets/index.ts';
import { projectDir } from '../host/dist.ts';
import { dataPath } from '../host/places.ts';
import { writeNamed } from '../host/write-named.ts';
import { openLab } from '../paper/lab.ts';
import type { Part } from '../paper/part.ts';
import { runPart } from '../paper/run-part.ts';
import { study } from '../paper/study.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { tell } from '../terminal/tell.ts';
import { chosenBackend } from '../train/chosen-backend.ts';
import { openEngine } from '../train/tf.ts';

/**
 * Runs the study of the seed paper, or one part of it, and writes what it measured beside the source's numbers, where
 * it is committed.
 */
export async function paper({ part: chosen }: { part?: PartId }): Promise<number> {
  const backend = await chosenBackend();
  saysWhenInterrupted('Stopped; every run that is done is kept, and the same command goes on from there.');
  const parts = (Object.values(study) as Part[]).filter(({ id }) => !chosen || id === chosen);
  for (const part of parts) {
    const progress = progressOf(`${part.id} on ${backend}`);
    for (const id of part.datasets) await ensureDataset(id, dataPath(), progress.say);
    const lab = openLab(await openEngine(backend), dataPath('paper'), interrupted);
    const result = await runPart(part, lab, progress.update);
    progress.end();
    const path = join(projectDir, 'lib/studies/paper', `results.${part.id}.json`);
    await writeNamed(path, `${JSON.stringify(result)}\n`);
    tell(`${path}: ${result.runs.length} runs`);
  }
  return 0;
}
