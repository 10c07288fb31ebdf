import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { suites } from '../../lib/catalog/suites/index.ts';
import { readManifest, verifyFolder } from '../craft/manifest.ts';
import { UsageError } from '../errors.ts';
import { remark, tell } from '../terminal/tell.ts';

/**
 * 1 where a file differs from the manifest, or the manifest from the published suite's; each is named by its path in
 * the suite.
 */
export async function suiteVerify(folder: string): Promise<number> {
  if (!existsSync(join(folder, 'manifest.json')))
    throw new UsageError(`${folder} holds no suite: there is no manifest.json in it.`);
  const read = await readManifest(folder).catch(() => null);
  if (!read) {
    remark('manifest.json differs: it can not be read');
    return 1;
  }
  const { differs, digest } = await verifyFolder(folder);
  const published = suites.find(({ id }) => id === read.manifest.suite);
  const all = published && published.digest !== digest ? ['manifest.json', ...differs] : differs;
  for (const path of all) remark(`${path} differs`);
  if (all.length === 0) tell(`${read.manifest.suite}: ${read.manifest.files.length} files as published, ${digest}`);
  return all.length === 0 ? 0 : 1;
}
