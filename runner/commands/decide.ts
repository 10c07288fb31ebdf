import { z } from 'zod';
import { chores } from '../../lib/catalog/chores.ts';
import { CheckChoice } from '../../lib/contract/ids.ts';
import { callChore } from '../client/local-site.ts';
import { UsageError } from '../errors.ts';
import { tell } from '../terminal/tell.ts';

/** Decides, at the site on this machine, on a job about which two runners disagree. */
export async function decide(job: string, choice: string, reason: string): Promise<number> {
  const wanted = CheckChoice.safeParse(choice);
  if (!wanted.success)
    throw new UsageError(`There is no choice '${choice}'; known: ${CheckChoice.options.join(', ')}.`);
  if (!z.uuid().safeParse(job).success)
    throw new UsageError(`'${job}' is no job; 'npx antidote audit' names those about which two runners disagree.`);
  await callChore(chores.decide, { job, choice: wanted.data, reason });
  tell(wanted.data === 'third' ? 'A third runner is asked.' : `The ${wanted.data} run stands.`);
  return 0;
}
