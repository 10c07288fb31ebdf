import { suites } from '../../lib/catalog/suites/index.ts';
import { tell, tellJson } from '../terminal/tell.ts';

/** The suites that this version knows, newest first. */
export async function suiteList({ json }: { json?: boolean }): Promise<number> {
  if (json)
    tellJson(suites.map(({ id, title, digest, seeds, scenarios }) => ({ id, title, digest, seeds, scenarios })));
  else for (const { id, summary, digest } of suites) tell(`${id.padEnd(12)} ${summary}\n${' '.repeat(13)}${digest}`);
  return 0;
}
