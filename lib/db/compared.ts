import 'server-only';
import type { Suite } from '../contract/suite.ts';
import { type SharesBySeed, sharesBySeed } from '../scoring/by-scenario.ts';
import { referenceOf } from '../scoring/references.ts';
import { evaluationsOf, speaking } from './evaluation-views.ts';
import { type Standing, standings } from './standings.ts';

/** A scored row of a board with what each of its seeds says. */
export type ComparedEntry = { readonly row: Standing; readonly bySeed: SharesBySeed };

/** Those of these submissions that are scored on the suite, in the order asked for. */
export async function entriesToCompare(suite: Suite, ids: readonly string[]): Promise<ComparedEntry[]> {
  const rows = new Map((await standings(suite)).map((row) => [row.submission, row]));
  const found = await Promise.all(ids.map((id) => entryOf(suite, rows.get(id))));
  return found.filter((entry) => entry !== null);
}

async function entryOf(suite: Suite, row: Standing | undefined): Promise<ComparedEntry | null> {
  if (row?.state !== 'scored' || !row.mean) return null; // one that could not be scored has no numbers
  const own = (await evaluationsOf(row.submission)).filter(({ suiteDigest }) => suiteDigest === suite.digest);
  const [evaluation] = speaking(own.reverse());
  const reference = evaluation && referenceOf(suite, evaluation.engine);
  if (!reference) return null;
  const { trials } = evaluation;
  return { row, bySeed: sharesBySeed(suite, reference, { trials, control: row.kind === 'control' }) };
}
