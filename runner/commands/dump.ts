import { resolve } from 'node:path';
import { chores } from '../../lib/catalog/chores.ts';
import { callChore } from '../client/local-site.ts';
import { requireNewFile } from '../host/destination.ts';
import { withSite } from '../start/with-site.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { remark } from '../terminal/tell.ts';
import { requireDump } from './require-dump.ts';

const long = { limitMs: 3_600_000, signal: interrupted };

/** Has the site on this machine write its database into the file. Where none runs, one is started for it. */
export async function dump(file: string): Promise<number> {
  requireNewFile('the dump', file);
  saysWhenInterrupted('Stopped; the site removes what it wrote of the dump.');
  const { rows } = await withSite(remark, interrupted, () => callChore(chores.dump, { file: resolve(file) }, long));
  remark(
    `${rows} rows are in ${file}; it holds names and e-mails, and no password or token. Not in it: data sets and suites, which are made again, and the keys of runners.`,
  );
  return 0;
}

/** Has the site on this machine fill its empty database with the dump. Where none runs, one is started for it. */
export async function restore(file: string): Promise<number> {
  await requireDump(file);
  saysWhenInterrupted('Stopped; all of it is restored, or nothing: the board of the site shows which.');
  const { rows } = await withSite(remark, interrupted, () => callChore(chores.restore, { file: resolve(file) }, long));
  remark(`${rows} rows are restored; 'npm start' starts the site, and makes its suites again`);
  return 0;
}
