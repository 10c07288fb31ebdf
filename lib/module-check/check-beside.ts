import { join } from 'node:path';
import 'server-only';
import type { Check } from '../contract/check.ts';
import type { LanguageId } from '../contract/runtime.ts';
import { env } from '../env.ts';
import { CheckPool } from './pool.ts';
import { openReader } from './reader.ts';

/** Ruff's parser, as next.config.mjs has it copied. */
const ruff = 'node_modules/@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm';

/** Shared by all bundles of one process. */
const shared = globalThis as { antidoteCheckPool?: CheckPool };

/**
 * The check of a module in a thread of its own, so that no text holds up other requests. Throws `module-refused` for a
 * text that takes more than 2 s or 64 MB, and `unavailable` where too many wait. A host that gives each request an
 * instance of its own has nobody to hold up, and ends what takes too long: there it runs in the request.
 */
export async function checkBeside(code: string, language: LanguageId = 'javascript'): Promise<Check> {
  if (env().VERCEL) return (await openReader(language, () => join(process.cwd(), ruff)))(code);
  shared.antidoteCheckPool ??= new CheckPool(join(process.cwd(), 'dist/check-worker.mjs'), {
    threads: 2,
    waiting: 64,
    patienceMs: 10_000,
    timeoutMs: 2000,
    heapMb: 64,
  });
  return shared.antidoteCheckPool.check(code, language);
}
