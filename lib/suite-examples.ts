import { readFile } from 'node:fs/promises';
import 'server-only';
import { z } from 'zod';
import { datasetNamed } from './catalog/datasets/index.ts';
import { decodeExamples, examplesPath, type PoisonExamples } from './contract/poison-examples.ts';
import type { Scenario, Suite } from './contract/suite.ts';
import { findSuiteFile } from './suite-store.ts';

/** A scenario's examples out of the built suite; null while it is not built on this site. */
export async function suiteExamples(suite: Suite, { id }: Scenario): Promise<PoisonExamples | null> {
  const file = await findSuiteFile(suite, examplesPath(id));
  return file && decodeExamples(await readFile(file.location));
}

const Names = z.looseObject({ classNames: z.array(z.string()).optional() });

/**
 * What the labels 0, 1, … are called. A drawn suite takes some classes of its data set, in an order of its own: its
 * built files say which. Of one that is not built here the labels have no names.
 */
export async function suiteClassNames(suite: Suite, dataset: string): Promise<readonly string[]> {
  if (!suite.draw) return datasetNamed(dataset).classNames;
  const file = await findSuiteFile(suite, 'suite.json');
  return (file && Names.parse(JSON.parse(await readFile(file.location, 'utf8'))).classNames) ?? [];
}
