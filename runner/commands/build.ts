import { buildSite } from '../start/build-site.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { remark, tell } from '../terminal/tell.ts';

/** Builds the site's pages, unless they were built from these very sources. */
export async function build(): Promise<number> {
  const built = await buildSite(remark, interrupted);
  tell(built ? 'The pages are built' : 'The pages are as built before');
  return 0;
}
