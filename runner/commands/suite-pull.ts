import { join } from 'node:path';
import { z } from 'zod';
import { findSuite } from '../../lib/catalog/suites/index.ts';
import { SuiteJson } from '../../lib/contract/api.ts';
import type { ListedFile } from '../../lib/contract/manifest.ts';
import { siteOrigin } from '../client/credentials.ts';
import { download } from '../client/download.ts';
import { callSite } from '../client/public-api.ts';
import { readManifest } from '../craft/manifest.ts';
import { requireMendable } from '../craft/suite-folder.ts';
import { HarnessFault } from '../errors.ts';
import { fileSha256 } from '../host/sha256.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { tell } from '../terminal/tell.ts';

/** Enough for a site and a connection to be busy with; more of them do not bring more. */
const atOnce = 4;

/**
 * Downloads what is missing or differs, several files at once; an interrupted one is gone on with. Ends with the very
 * files that were published.
 */
export async function suitePull(id: string, { out }: { out: string }): Promise<number> {
  await requireMendable(out, id);
  const { digest, files } = (
    await callSite(SuiteJson.pick({ digest: true, files: true }), `suites/${encodeURIComponent(id)}`, interrupted)
  ).value;
  const known = findSuite(id);
  if (known && known.digest !== digest)
    throw new HarnessFault(`${siteOrigin()} has another ${id} (${digest}) than this version knows (${known.digest}).`);
  const manifestFile = files?.find(({ path }) => path === 'manifest.json');
  if (!manifestFile)
    throw new HarnessFault(
      `${siteOrigin()} has not built ${id} yet; try again in a minute, or run 'npx antidote suite build ${id} --out ${out}'.`,
    );
  saysWhenInterrupted(`Stopped; what came so far is kept in ${out}, and the same command goes on from there.`);
  await mend(id, out, { ...manifestFile, sha256: digest }, interrupted, () => {});
  const { manifest } = await readManifest(out).catch((error) => {
    throw new HarnessFault(`${siteOrigin()} serves a manifest.json of ${id} that is none: ${problemIn(error)}.`);
  });
  const fetched = await mendAll(id, out, manifest.files);
  tell(`${id}: ${manifest.files.length} files in ${out}, ${fetched} of them fetched, ${digest}`);
  return 0;
}

/** Where the text has another shape, or is no JSON. */
function problemIn(error: unknown): string {
  if (!(error instanceof z.ZodError)) return (error as Error).message;
  const { path, message } = error.issues[0]!;
  return `${path.join('.')}: ${message}`;
}

/** How many had to be fetched. The first that can't be had ends all of them. */
async function mendAll(id: string, out: string, files: readonly ListedFile[]): Promise<number> {
  const progress = progressOf(`suite ${id}`);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const failed = new AbortController();
  const signal = AbortSignal.any([interrupted, failed.signal]);
  let there = 0;
  let fetched = 0;
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < files.length; at = next++) {
      const file = files[at]!;
      let has = 0;
      const reached = (bytes: number) => {
        there += bytes - has;
        has = bytes;
        progress.update(there / total, file.path);
      };
      if (await mend(id, out, file, signal, reached)) fetched++;
      reached(file.bytes);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, () => worker().catch((error) => failed.abort(error))));
  progress.end();
  signal.throwIfAborted();
  return fetched;
}

/** Whether it had to be fetched. */
async function mend(
  id: string,
  out: string,
  { path, bytes, sha256 }: ListedFile,
  signal: AbortSignal,
  at: (bytes: number) => void,
): Promise<boolean> {
  if ((await fileSha256(join(out, path)).catch(() => null)) === sha256) return false;
  const url = `${siteOrigin()}/api/v1/suites/${encodeURIComponent(id)}/files/${path.split('/').map(encodeURIComponent).join('/')}`;
  await download({ url, path: join(out, path), bytes, sha256 }, signal, at);
  return true;
}
