import { chores } from '../../lib/catalog/chores.ts';
import { callChore } from '../client/local-site.ts';
import { tell } from '../terminal/tell.ts';

/** Has the site on this machine check its own record, and says what is wrong. 1 where something is. */
export async function audit(): Promise<number> {
  const { events, results, problems } = await callChore(chores.audit, {});
  for (const problem of problems) tell(problem);
  const verdict = problems.length === 0 ? 'nothing is wrong' : `wrong: ${problems.length}`;
  tell(`${events} events and ${results} results checked; ${verdict}`);
  return problems.length === 0 ? 0 : 1;
}
