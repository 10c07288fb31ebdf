import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../host/dist.ts';

/** The Debian packages that bring a part, by packages.txt; none where it has no line there. */
export function packagesOf(part: string): readonly string[] {
  const text = readFileSync(join(projectDir, 'runner/doctor/packages.txt'), 'utf8');
  const line = text.split('\n').find((one) => one.startsWith(`${part}: `));
  return line ? line.slice(part.length + 2).split(' ') : [];
}
