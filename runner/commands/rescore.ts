import { chores } from '../../lib/catalog/chores.ts';
import { callChore } from '../client/local-site.ts';
import { remark, tell } from '../terminal/tell.ts';

/**
 * Has the site on this machine compute every stored score anew; `check` changes nothing. Each value that was stored
 * otherwise is a line. 1 where the check found one.
 */
export async function rescore({ check = false }: { check?: boolean }): Promise<number> {
  let [evaluations, differences] = [0, 0];
  let after: string | null = null;
  do {
    const page = await pageAfter(after, check);
    for (const { submission, suite, path, stored, computed } of page.differences)
      tell(`${suite} ${submission} ${path}: stored ${stored}, computed ${computed}`);
    evaluations += page.evaluations;
    differences += page.differences.length;
    after = page.next;
  } while (after !== null);
  const found = differences === 1 ? '1 value was stored otherwise' : `${differences} values were stored otherwise`;
  remark(`${evaluations} evaluations ${check ? 'checked' : 'scored anew'}; ${found}`);
  return check && differences > 0 ? 1 : 0;
}

const pageAfter = (after: string | null, check: boolean) => callChore(chores.rescore, { check, after });
