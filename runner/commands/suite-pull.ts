import { join } from 'node:path';
import { z } from 'zod';
import { Sha256 } from '../../lib/benchmark/ids.ts';
import { findSuite } from '../../lib/benchmark/suites/index.ts';
import { HarnessFault } from '../errors.ts';
import { siteOrigin } from '../remote/credentials.ts';
import { download, sumOf } from '../remote/download.ts';
import { callSite } from '../remote/public-api.ts';
import { readManifest } from '../suite/manifest.ts';
import { saysWhenInterrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';

/** Downloads what is missing or differs, file by file; an interrupted one is gone on with. Ends with the very files that were published. */
export async function suitePull(id: string, { out }: { out: string }): Promise<number> {
  const { digest } = (await callSite(z.looseObject({ digest: Sha256 }), `suites/${encodeURIComponent(id)}`)).value;
  const known = findSuite(id);
  if (known && known.digest !== digest) throw new HarnessFault(`${siteOrigin()} has another ${id} (${digest}) than this version knows (${known.digest}).`);
  saysWhenInterrupted(`Stopped; what came so far is kept in ${out}, and the same command goes on from there.`);
  const address = (path: string) => `${siteOrigin()}/api/v1/suites/${encodeURIComponent(id)}/files/${path.split('/').map(encodeURIComponent).join('/')}`;
  const mend = async (path: string, sha256: string, received?: (bytes: number) => void) => {
    if ((await sumOf(join(out, path)).catch(() => null)) === sha256) return false;
    await download(address(path), join(out, path), sha256, received);
    return true;
  };
  await mend('manifest.json', digest);
  const { manifest } = await readManifest(out);
  const progress = progressOf(`suite ${id}`);
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let whole = 0;
  let fetched = 0;
  for (const { path, bytes, sha256 } of manifest.files) {
    let got = 0;
    const came = await mend(path, sha256, (count) => {
      got += count;
      progress.update((whole + Math.min(got, bytes)) / total, path);
    });
    whole += bytes;
    if (came) fetched++;
  }
  progress.end();
  process.stdout.write(`${id}: ${manifest.files.length} files in ${out}, ${fetched} of them fetched, ${digest}\n`);
  return 0;
}
