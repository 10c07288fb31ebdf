import type { Environment } from './contract/environment.ts';
import { environmentInWords } from './contract/environment-in-words.ts';

/** The site's one door to `process.env`, checked when first asked for. */
let read: Environment | undefined;
export const env = () => {
  read ??= environmentInWords(process.env);
  return read;
};
