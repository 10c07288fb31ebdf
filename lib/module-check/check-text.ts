import { createRequire } from 'node:module';
import type { Check } from '../contract/check.ts';
import type { LanguageId } from '../contract/runtime.ts';
import { openReader, type Reader } from './reader.ts';

/** What reads a language on Node, outside the pages: their bundler would take what `resolve` names for a module. */
export const openInstalled = (language: LanguageId): Promise<Reader> =>
  openReader(language, () => createRequire(import.meta.url).resolve('@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm'));

/** The check of a module in any language: in JavaScript at once, in Python with Ruff's parser. */
export const checkText = async (code: string, language: LanguageId): Promise<Check> =>
  (await openInstalled(language))(code);
