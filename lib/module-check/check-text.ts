import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Check, checkModule } from '../contract/check.ts';
import type { LanguageId } from '../contract/runtime.ts';

type Reader = (code: string) => Check;

/** Opened once, when the first module in Python comes: it has 11 MB. */
let python: Promise<Reader> | null = null;
let spent = false;

/** A text broke the parser of Python: this process or thread can read no further one. */
export const isSpent = () => spent;

/** What reads a language. `wasm`: where Ruff's parser lies. */
export async function openReader(language: LanguageId, wasm = installedWasm): Promise<Reader> {
  if (language === 'javascript') return checkModule;
  python ??= openPython(wasm());
  return python;
}

/** The check of a module in any language, on Node: in JavaScript at once, in Python with Ruff's parser. */
export const checkText = async (code: string, language: LanguageId, wasm = installedWasm): Promise<Check> =>
  (await openReader(language, wasm))(code);

const installedWasm = () => createRequire(import.meta.url).resolve('@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm');

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
