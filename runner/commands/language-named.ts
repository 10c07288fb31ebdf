import { type LanguageId, languageOfFile, languages } from '../../lib/contract/runtime.ts';
import { UsageError } from '../errors.ts';

const others = /\.(ipynb|pyc|pyw|r|jl|ts|cpp|c|rs|go|zip|gz|tar|pt|pth)$/i;

/**
 * The language of a module by the ending of its file; JavaScript where it has none that is known. Throws UsageError.
 */
export function languageNamed(file: string): LanguageId {
  const language = languageOfFile(file.toLowerCase());
  if (language) return language.id;
  if (others.test(file))
    throw new UsageError(
      `${file} is no module: its name ends in none of ${Object.values(languages)
        .flatMap(({ extensions }) => extensions)
        .join(', ')}.`,
    );
  return 'javascript';
}
