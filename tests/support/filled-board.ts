import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { evaluations, modules, scores, submissions, users } from '../../drizzle/schema.ts';
import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import type { Scores } from '../../lib/contract/report.ts';
import type { Database } from '../../lib/db/client.ts';
import { inputColumns, inputsDigest } from '../../lib/db/scores.ts';
import published from '../fixtures/core-1.scores.json' with { type: 'json' };

const suite = suiteNamed('core-1');
const committed: Scores[] = Object.values(published);

/** Puts so many scored rows on core-1, like those of the reference table: each has all families and scenarios. */
export async function fillBoard(db: Database, size: number): Promise<void> {
  const [owner] = await db.insert(users).values({ name: 'Made for a measurement' }).returning();
  for (let row = 0; row < size; row++) {
    const code = `// made for a measurement ${row}`;
    const sha256 = `sha256:${createHash('sha256').update(code).digest('hex')}`;
    await db.insert(modules).values({ sha256, code, bytes: code.length, kind: 'shape' });
    const baseline = row === 0 ? 'none' : row === 1 ? 'oracle-filter' : null;
    const entry = { ownerId: owner!.id, moduleSha256: sha256, name: `Made to measure ${row}`, card: {} as never };
    const [submission] = await db
      .insert(submissions)
      .values({ ...entry, baseline })
      .returning();
    const asked = { suite: suite.id, suiteDigest: suite.digest, harnessDigest: sha256, engine: 'tensorflow' as const };
    await db.insert(evaluations).values({ submissionId: submission!.id, ...asked });
  }
  const rows = await db
    .select({ id: evaluations.id, of: inputColumns })
    .from(evaluations)
    .innerJoin(submissions, eq(submissions.id, evaluations.submissionId))
    .innerJoin(modules, eq(modules.sha256, submissions.moduleSha256));
  for (const [at, { id, of }] of rows.entries())
    await db.insert(scores).values({
      evaluationId: id,
      inputs: inputsDigest(of),
      state: 'scored',
      scores: committed[at % committed.length]!,
      jailed: true,
      cutShort: false,
    });
}
