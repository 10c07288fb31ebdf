import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const escapes: Record<string, string> = { '\\n': '\n', '\\t': '\t', '\\r': '\r', '\\\\': '\\' };

/** Texts, one a line, with \n, \t, \r, \xhh, \uhhhh and \\ for what a line can't hold. */
export const pythonTexts: readonly string[] = readFileSync(
  join(import.meta.dirname, '../fixtures/python-texts.txt'),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '')
  .map((line) =>
    line.replace(
      /\\\\|\\n|\\t|\\r|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}/g,
      (written) => escapes[written] ?? String.fromCharCode(Number.parseInt(written.slice(2), 16)),
    ),
  );
