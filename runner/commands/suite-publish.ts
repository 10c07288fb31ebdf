import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { readManifest, verifyFolder } from '../craft/manifest.ts';
import { fillWhole } from '../craft/staging.ts';
import { UsageError } from '../errors.ts';
import { dataPath } from '../host/places.ts';
import { remark, tell } from '../terminal/tell.ts';
import { knownSuite } from './known-suite.ts';

/**
 * Hands a built suite's files to the site's store, the folder `suites` of ANTIDOTE_DATA. Only whole suites, as they
 * were published.
 */
export async function suitePublish(folder: string): Promise<number> {
  if (!existsSync(join(folder, 'manifest.json')))
    throw new UsageError(`${folder} holds no suite: there is no manifest.json in it.`);
  const { manifest } = await readManifest(folder).catch(() => {
    throw new UsageError(
      `${folder}: its manifest.json can not be read; 'npx antidote suite build' makes the suite again.`,
    );
  });
  const suite = knownSuite(manifest.suite);
  const { differs, digest } = await verifyFolder(folder);
  if (differs.length > 0 || digest !== suite.digest) {
    remark(
      `Not published: ${differs.length > 0 ? `${differs.join(', ')} differ` : `its digest is ${digest}, not ${suite.digest}`}`,
    );
    return 1;
  }
  await fillWhole(dataPath('suites', suite.id), (staging) => cp(folder, staging, { recursive: true }));
  tell(`${suite.id} is published in ${dataPath('suites', suite.id)}`);
  return 0;
}
