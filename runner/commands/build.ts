import { buildSite } from '../start/build-site.ts';
import { interrupted } from '../terminal/interrupt.ts';

/** Builds the site's pages, unless they were built from these very sources. */
export async function build(): Promise<number> {
  const built = await buildSite((line) => process.stderr.write(`${line}\n`), interrupted);
  process.stdout.write(built ? 'The pages are built\n' : 'The pages are as built before\n');
  return 0;
}
