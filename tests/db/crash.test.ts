import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectTo } from '../../lib/db/client.ts';
import { execute } from '../support/sql.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const program = at('../.out/crash-writer.mjs');
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'antidote-crash-'));
  const alias = { 'server-only': at('../support/server-only.ts') };
  await build({
    entryPoints: [at('../support/crash-writer.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    alias,
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Lets the writer answer for some writes, then kills it without notice; returns the last number that it answered for.
 */
function writeUntilKilled(writes: number): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (data) => {
      out += data;
      if (out.trim().split('\n').length > writes) child.kill('SIGKILL');
    });
    child.once('close', () => {
      const answered = out
        .split('\n')
        .slice(0, -1)
        .filter((line) => line !== 'ready');
      if (answered.length === 0) fail(new Error('the writer ended before it wrote'));
      else done(Number(answered.at(-1)));
    });
  });
}

it('a database killed while it writes opens again and has lost nothing that was answered', async () => {
  let last = 0;
  for (const writes of [20, 200]) {
    const answered = await writeUntilKilled(writes);
    expect(answered).toBeGreaterThan(last);
    last = answered;
  }
  const connection = await connectTo({ driver: 'pglite', folder });
  const [found] = await execute<{ rows: number; last: number }>(
    sql`select count(*)::int as rows, max(n)::int as last from written`,
  );
  await connection.close();
  expect(found!.last).toBeGreaterThanOrEqual(last);
  expect(found!.rows).toBe(found!.last); // and none in between
});
