import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { DefenseKind, Outcome } from '../../../lib/contract/ids.ts';
import { DefenseFailed } from '../../../runner/errors.ts';
import { pythonGuest } from '../../../runner/jail/guests/python.ts';
import { jailOf } from '../../../runner/jail/index.ts';
import { defaultLimits, type RealJail } from '../../../runner/jail/jail.ts';
import { logByteLimit } from '../../../runner/jail/log.ts';
import { weighedRowsFrom, weightsFrom } from '../../../runner/jail/outcome.ts';
import { built } from '../../support/built.ts';
import { runIn } from './run-in.ts';
import { tinyJob, tinyModel } from './tiny-job.ts';

const folder = fileURLToPath(new URL('../../fixtures/hostile/python/', import.meta.url));

/** Each module says in its first line of which kind it claims to be, what must come of it, and what it tries. */
const modules = readdirSync(folder).map((file) => {
  const code = readFileSync(`${folder}${file}`, 'utf8');
  const [, kind, verdict, what] = /^# (\w+) → ([\w-]+): (.*)\.\n/.exec(code) ?? [];
  return { file, code, kind: DefenseKind.parse(kind), verdict: Outcome.parse(verdict), what: what! };
});

const limits = { ...defaultLimits, seconds: 30, memoryBytes: 512 * 2 ** 20, outBytes: 2 ** 20 };

/** What comes of each hostile module in Python in this jail. None is checked before: the jail must hold them all. */
export const hostilePython = (jail: RealJail) => {
  beforeAll(built);

  async function trial(code: string, kind: DefenseKind, seconds: number) {
    const { job, remove } = tinyJob({ code, language: 'python' }, kind);
    const all = { ...limits, seconds };
    const run = await runIn(jailOf(jail, pythonGuest('numpy')), { job, backend: 'wasm', limits: all }).finally(remove);
    try {
      if (kind === 'filter') expect([...weighedRowsFrom(run, all, 300)]).toEqual(Array(300).fill(1));
      else weightsFrom(run, all, tinyModel);
      return { outcome: 'scored', detail: '', log: run.log };
    } catch (error) {
      if (!(error instanceof DefenseFailed)) throw error;
      return { outcome: error.reason, detail: error.detail, log: run.log };
    }
  }

  test.concurrent.each(modules)('$what: $verdict ($file)', async ({ code, kind, verdict }) => {
    const { outcome, detail, log } = await trial(code, kind, verdict === 'timed-out' ? 3 : limits.seconds);
    expect(`${outcome} ${detail}`).toMatch(new RegExp(`^${verdict} `));
    if (verdict !== 'scored') expect(detail).toMatch(/^(?=[ -~…]{1,200}$)\S.*[.…]$/);
    expect(log.length).toBeLessThanOrEqual(logByteLimit);
  });
};
