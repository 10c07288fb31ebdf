import { readFile } from 'node:fs/promises';
import { type Check, checkModule } from '../contract/check.ts';
import type { LanguageId } from '../contract/runtime.ts';

export type Reader = (code: string) => Check;

/** Opened once, when the first module in Python comes: it has 11 MB. */
let python: Promise<Reader> | null = null;
let spent = false;

/** A text broke the parser of Python: this process or thread can read no further one. */
export const isSpent = () => spent;

/** What reads a language. `wasm`: the file of Ruff's parser. */
export async function openReader(language: LanguageId, wasm: () => string): Promise<Reader> {
  if (language === 'javascript') return checkModule;
  python ??= openPython(wasm());
  return python;
}

async function openPython(wasm: string): Promise<Reader> {
  const [{ checkPython }, { Ruff }] = await Promise.all([
    import('../contract/python/check-python.ts'),
    import('../contract/python/ruff.ts'),
  ]);
  const ruff = await Ruff.open(await readFile(wasm));
  return (code) => {
    const check = checkPython(code, ruff);
    spent = ruff.isBroken;
    return check;
  };
}
