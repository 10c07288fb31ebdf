import { readFileSync } from 'node:fs';

/** A small file that another process may take away at any moment. Empty where there is none. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
