import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../host/dist.ts';
import { withLock } from '../host/file-lock.ts';
import { runProgram } from '../host/program.ts';

/** What a page can be made of. */
const sources = [
  'app',
  'lib',
  'drizzle',
  'public',
  'runner/craft/attacks/examples',
  'runner/defenses/examples',
  'next.config.mjs',
  'postcss.config.mjs',
  'proxy.ts',
  'instrumentation.ts',
  'package.json',
  'package-lock.json',
];

const built = () => join(projectDir, '.next');
const stampFile = () => join(built(), 'antidote.stamp');

/**
 * Builds the pages unless they were built from these very sources. True where it had to. Who asks at the same time
 * waits for one build.
 */
export async function buildSite(say: (what: string) => void, signal: AbortSignal): Promise<boolean> {
  if (isBuilt(stampOf())) return false;
  return withLock(join(projectDir, 'node_modules', '.antidote-pages.lock'), signal, () => buildOnce(say, signal));
}

/** What a build leaves there that no page needs. */
const unneeded = /^(build|cache|diagnostics|trace.*|turbopack|types|antidote\.stamp)$/;

/** The stamp names the sources, and what lay in the folder then: a copy may lack some of it. */
function isBuilt(stamp: string): boolean {
  if (!existsSync(stampFile())) return false;
  const [of, ...parts] = readFileSync(stampFile(), 'utf8').split('\n');
  return of === stamp && parts.length > 0 && parts.every((part) => existsSync(join(built(), part)));
}

async function buildOnce(say: (what: string) => void, signal: AbortSignal): Promise<boolean> {
  const stamp = stampOf();
  if (isBuilt(stamp)) return false;
  const next = join(projectDir, 'node_modules/next/dist/bin/next');
  await runProgram(
    [next, 'build'],
    { cwd: projectDir, env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }, signal },
    say,
  );
  writeFileSync(stampFile(), [stamp, ...readdirSync(built()).filter((part) => !unneeded.test(part))].join('\n'));
  return true;
}

/** By content, so that a fresh clone and a touched file make no difference. */
function stampOf(): string {
  const hash = createHash('sha256');
  for (const path of sources.flatMap(filesIn))
    hash.update(`${path}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(projectDir, path)))
        .digest(),
    );
  return hash.digest('hex');
}

function filesIn(path: string): string[] {
  const full = join(projectDir, path);
  const found = statSync(full, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [path] : [];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}
