import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mendOf, type PartId, partNamed } from '../../runner/doctor/parts.ts';
import { env } from '../../runner/host/env.ts';

const folder = fileURLToPath(new URL('../.out/', import.meta.url));

/** One line for each thing that tests were skipped for; `npm test` empties it first and shows it last. */
const missingFile = join(folder, 'missing.txt');

const answered = new Map<PartId, boolean>();

/**
 * Whether the machine has what a group of tests needs, for `describe.runIf(requires('bubblewrap'))`. What is missing is
 * noted down with the command that mends it; with CI=true it throws instead, so that nothing is skipped unseen.
 */
export function requires(...ids: PartId[]): boolean {
  return ids.map(has).every(Boolean);
}

function has(id: PartId): boolean {
  const known = answered.get(id);
  if (known !== undefined) return known;
  const part = partNamed(id);
  const problem = part.problem();
  answered.set(id, problem === null);
  if (problem === null) return true;
  const line = `${part.title}, for ${part.for}: ${problem}. Run: ${mendOf(part)}`;
  if (env().CI === 'true') throw new Error(line);
  mkdirSync(folder, { recursive: true });
  appendFileSync(missingFile, `${line}\n`);
  return false;
}
