import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { tuning2 as suite } from '../../../lib/catalog/suites/tuning-2.ts';
import { TuningTable, tuned, tunedIds } from '../../../lib/catalog/tuning.ts';
import { sha256 } from '../../../lib/contract/canonical.ts';
import { trialsOf } from '../../../lib/contract/suite.ts';
import { anyReferenceOf } from '../../../lib/scoring/references.ts';
import { reportOf } from '../../../lib/scoring/write-report.ts';
import { baselineNamed } from '../../../runner/defenses/index.ts';
import { variantOf } from '../../../runner/defenses/tuning.ts';
import { harness } from '../../../runner/host/harness.ts';
import { built } from '../../support/built.ts';
import { scoredTrial } from '../../support/scored-trial.ts';

vi.mock('../../../runner/commands/evaluate.ts', () => ({
  evaluate: () => Promise.reject(new Error('evaluated anew')),
}));
const { tuning } = await import('../../../runner/commands/tuning.ts');

const folder = mkdtempSync(join(tmpdir(), 'antidote-tuning-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The better, the nearer a value is to the last one. */
const accuracyOf = (at: number) => 0.7 + 0.02 * at;

async function write(id: (typeof tunedIds)[number], value: number, at: number): Promise<void> {
  const code = variantOf(id, value);
  const { kind } = baselineNamed(id);
  const { engine } = anyReferenceOf(suite)!;
  const report = reportOf(
    suite,
    {
      module: { sha256: await sha256(code), bytes: Buffer.byteLength(code), kind },
      harness: harness(),
      engine,
      jailed: true,
      jail: 'bubblewrap',
      trials: trialsOf(suite).map((trial) =>
        scoredTrial(
          suite,
          trial,
          kind,
          { cleanAccuracy: accuracyOf(at) },
          { seconds: 1, undefendedSeconds: 1, peakBytes: 1 },
        ),
      ),
    },
    { control: false, deterministic: true, embedsData: false },
  );
  writeFileSync(join(folder, `${id}.${value}.json`), JSON.stringify(report));
}

beforeAll(async () => {
  built();
  for (const id of tunedIds) for (const [at, value] of tuned[id].values.entries()) await write(id, value, at);
});

it('keeps the reports that are there, and tables what each value reached and which one is the defense’s own', async () => {
  expect(await tuning(folder, {})).toBe(0);
  const {
    defenses,
    seeds,
    harness: by,
  } = TuningTable.parse(JSON.parse(readFileSync(join(folder, 'tuning.json'), 'utf8')));
  expect([Object.keys(defenses), seeds, by]).toEqual([tunedIds, suite.seeds, harness().digest]);
  for (const id of tunedIds) {
    const { own, tried } = defenses[id]!;
    expect(tried.map(({ value }) => value)).toEqual(tuned[id].values);
    expect(tuned[id].values).toContain(own);
    const utilities = tried.map(({ utility }) => utility);
    expect(utilities).toEqual([...utilities].sort((a, b) => a - b));
  }
  expect([defenses['dp-sgd']!.own, defenses.dpa!.own]).toEqual([1, 50]);
});

it('evaluates anew what was another module or came from another harness', async () => {
  const file = join(folder, 'dpa.20.json');
  const text = readFileSync(file, 'utf8');
  const report = JSON.parse(text);
  const other = `sha256:${'0'.repeat(64)}`;
  for (const change of [
    { module: { ...report.module, sha256: other } },
    { harness: { ...report.harness, digest: other } },
  ]) {
    writeFileSync(file, JSON.stringify({ ...report, ...change }));
    await expect(tuning(folder, {})).rejects.toThrow('evaluated anew');
  }
  writeFileSync(file, text);
});
