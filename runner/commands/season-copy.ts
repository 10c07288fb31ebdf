import { lstatSync } from 'node:fs';
import { chmod, cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SeasonSummary } from '../../lib/contract/season.ts';
import { callSite } from '../client/public-api.ts';
import { writeCanary } from '../craft/season/canary.ts';
import { findHeld } from '../craft/season/held-season.ts';
import { findMade } from '../craft/season/make-season.ts';
import { requireKept } from '../craft/season/own-data.ts';
import { notHeld, seasonPath } from '../craft/season/secret.ts';
import { fillWhole } from '../craft/staging.ts';
import { UsageError } from '../errors.ts';
import { requireFolder } from '../host/destination.ts';
import { dataPath } from '../host/places.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { tell } from '../terminal/tell.ts';
import { nameOf, requireRunnerIds } from './season-open.ts';

/**
 * Writes what a runner on another machine needs of a season: the built suite, what was committed to, and a canary of
 * its own. Not the file that lets one close the season. Only its owner can read it.
 */
export async function seasonCopy(words: string, { runner, out }: { runner: string; out: string }): Promise<number> {
  const name = nameOf(words);
  requireRunnerIds('--runner', [runner]);
  const made = await findMade(name);
  if (!made) throw notHeld(name);
  const { value } = await callSite(SeasonSummary, `seasons/${name}`, interrupted);
  if (!value.runners.some(({ id }) => id === runner))
    throw new UsageError(
      `Season ${name} names other runners than ${runner}: it would get no job of it, and 'season trace' would not know its copy. 'season add-runner' names one more.`,
    );
  if (made.card) await requireKept(made.card);
  if (!(await findHeld(name))) throw notHeld(name);
  const folder = resolve(out);
  if (lstatSync(folder, { throwIfNoEntry: false }))
    throw new UsageError(`${folder} is there already; name a new folder.`);
  requireFolder('--out', folder);
  await fillWhole(folder, async (staging) => {
    await chmod(staging, 0o700);
    for (const part of ['suites', 'disclosure.json'])
      await cp(seasonPath(name, part), join(staging, part), { recursive: true });
    await writeCanary(staging, made.committed, runner);
  });
  tell(`${folder}: put it at seasons/${name} in the runner’s ANTIDOTE_DATA`);
  if (made.card) tell(`${dataPath('datasets', made.card.id)}: put a copy at datasets/${made.card.id} there`);
  return 0;
}
