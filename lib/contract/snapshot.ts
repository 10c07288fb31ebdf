import { z } from 'zod';
import { openResult, type ResultEnvelope, resealed } from './dsse.ts';
import { Sha256, Slug } from './ids.ts';
import { Engine, Harness, JobResult, ModuleRef } from './result.ts';

const Time = z.iso.datetime();

/**
 * One row of a reference table, as it is committed under drizzle/snapshots: all results of one of the harness's own
 * defenses on one suite, by one harness and one engine. Each result stands here in plain JSON as it was signed: its
 * canonical form and the signature are the runner's envelope.
 */
export const SnapshotRow = z.strictObject({
  format: z.literal('antidote-snapshot-1'),
  baseline: Slug,
  suite: z.strictObject({ id: z.string(), digest: Sha256 }),
  module: ModuleRef,
  harness: Harness,
  engine: Engine,
  runner: z.strictObject({ id: z.uuid(), name: z.string(), publicKey: z.string() }),
  /** When the last of its results was handed in. */
  computed: Time,
  jobs: z
    .array(z.strictObject({ signed: z.json(), signature: z.string(), startedAt: Time, endedAt: Time }))
    .min(1)
    .max(100),
});
export type SnapshotRow = z.infer<typeof SnapshotRow>;

export type SnapshotJob = { result: JobResult; envelope: ResultEnvelope; startedAt: string; endedAt: string };

/**
 * The row's results with their envelopes. Throws RangeError for one that is not signed by the row's runner, or not of
 * the row's suite, module, harness and engine.
 */
export const openSnapshot = (row: SnapshotRow): Promise<SnapshotJob[]> =>
  Promise.all(
    row.jobs.map(async ({ signed, signature, startedAt, endedAt }, place) => {
      const envelope = resealed(signed, row.runner.id, signature);
      const opened = await openResult(envelope, row.runner);
      if (!opened)
        throw new RangeError(`result ${place} of ${row.baseline} on ${row.suite.id} is not signed by its runner`);
      const result = JobResult.parse(opened.value);
      const pairs: [string, unknown, unknown][] = [
        ['suite', result.suite.digest, row.suite.digest],
        ['module', result.module.sha256, row.module.sha256],
        ['harness', result.harness.digest, row.harness.digest],
        ['engine', result.engine.backend, row.engine.backend],
      ];
      const differs = pairs.find(([, got, wanted]) => got !== wanted);
      if (differs)
        throw new RangeError(
          `result ${place} of ${row.baseline} names the ${differs[0]} ${differs[1]}; its row is of ${differs[2]}`,
        );
      return { result, envelope, startedAt, endedAt };
    }),
  );
