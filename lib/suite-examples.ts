import { readFile } from 'node:fs/promises';
import 'server-only';
import { decodeExamples, examplesPath, type PoisonExamples } from './contract/poison-examples.ts';
import type { Scenario, Suite } from './contract/suite.ts';
import { findSuiteFile } from './suite-store.ts';

/** A scenario's examples out of the built suite; null while it is not built on this site. */
export async function suiteExamples(suite: Suite, { id }: Scenario): Promise<PoisonExamples | null> {
  const file = await findSuiteFile(suite, examplesPath(id));
  return file && decodeExamples(await readFile(file.location));
}
