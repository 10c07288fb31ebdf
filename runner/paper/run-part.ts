import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '../../lib/contract/canonical.ts';
import {
  type PartId,
  type PartResult,
  partResultSchema,
  type RunOf,
  runSchemas,
} from '../../lib/studies/paper/results.ts';
import { datasets } from '../datasets/index.ts';
import { writeWhole } from '../datasets/pinned-file.ts';
import { harness } from '../host/harness.ts';
import { readIfThere } from '../host/read-if-there.ts';
import type { Lab } from './lab.ts';
import type { Part } from './part.ts';

/** What a part's runs are a function of, besides seeds and engine. */
export const inputsOf = (part: Part) =>
  digestOf({
    inputs: part.inputs,
    files: part.datasets.flatMap((id) => datasets[id].source.files.map(({ sha256 }) => sha256)),
  });

/**
 * Makes the units of a part, one after the other. Each finished unit is kept in a folder that is named after the part's
 * inputs and the engine. A later call goes on from there, also with another harness: a change of code that changes
 * numbers has to change the inputs. Throws the signal's reason once aborted.
 */
export async function runPart<Id extends PartId>(
  part: Part<Id>,
  lab: Lab,
  progress: (fraction: number, what: string) => void,
): Promise<PartResult<Id>> {
  const { engine } = lab;
  const inputs = await inputsOf(part);
  const folder = join(lab.folder, `${part.id}-${inputs.slice(7, 19)}-${(await digestOf(engine)).slice(7, 15)}`);
  await mkdir(folder, { recursive: true });
  const schema = runSchemas[part.id].array();
  const runs: RunOf<Id>[] = [];
  for (const [index, unit] of part.units.entries()) {
    lab.signal.throwIfAborted();
    progress(index / part.units.length, unit.key);
    const path = join(folder, `${unit.key}.json`);
    const text = await readIfThere(path);
    const made = text === null ? await unit.make(lab) : schema.parse(JSON.parse(text));
    if (text === null) await writeWhole(path, Buffer.from(`${JSON.stringify(schema.parse(made))}\n`));
    runs.push(...made);
  }
  progress(1, '');
  return partResultSchema(part.id).parse({
    format: 'antidote-paper-1',
    part: part.id,
    engine,
    harness: harness(),
    inputs,
    runs,
  });
}
