import { chores } from '../../lib/catalog/chores.ts';
import { callChore } from '../client/local-site.ts';
import { findMade } from '../craft/season/make-season.ts';
import { requireSecret } from '../craft/season/secret.ts';
import { UsageError } from '../errors.ts';
import { tell } from '../terminal/tell.ts';
import { keepOwnCanary, nameOf, requireRunnerIds } from './season-open.ts';
import { linesOf } from './season-status.ts';

/**
 * Names one more runner that holds the season's files, on the machine that holds the season: only it can write the
 * copy, and the canary in it, that the runner needs.
 */
export async function seasonAddRunner(
  words: string,
  { runner, reason }: { runner: string; reason: string },
): Promise<number> {
  const name = nameOf(words);
  requireRunnerIds('--runner', [runner]);
  const { holder } = await requireSecret(name);
  const made = await findMade(name);
  if (!made) throw new UsageError(`Season ${name} is not open yet; 'season open' names its runners.`);
  const season = await callChore(chores.seasonRunner, { name, holder, runner, reason });
  await keepOwnCanary(name, made.committed, [runner]);
  tell(
    `${linesOf(season)}\nIf it runs on another machine: npx antidote season copy ${name} --runner ${runner} --out <dir>`,
  );
  return 0;
}
