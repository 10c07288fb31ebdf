import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { projectDir } from '../../runner/host/dist.ts';

it('the migrations are those of the schema: to generate them again adds none', () => {
  const folder = mkdtempSync(join(projectDir, 'tests/.out-migrations-'));
  try {
    cpSync(join(projectDir, 'drizzle/migrations'), folder, { recursive: true });
    const before = readdirSync(folder, { recursive: true }).sort();
    const options = ['--dialect', 'postgresql', '--schema', 'drizzle/schema.ts', '--out', relative(projectDir, folder)];
    execFileSync(join(projectDir, 'node_modules/.bin/drizzle-kit'), ['generate', ...options], { cwd: projectDir });
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
