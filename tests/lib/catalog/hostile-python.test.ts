import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hostilePython } from '../../../lib/catalog/hostile-python.ts';

const folder = new URL('../../fixtures/hostile/python/', import.meta.url);

it('the table of hostile modules in Python is what is in the folder', () => {
  const files = readdirSync(folder).sort();
  expect(Object.keys(hostilePython).map((name) => `${name}.py`)).toEqual(files);
  for (const [name, { kind, tries, outcome }] of Object.entries(hostilePython))
    expect(readFileSync(new URL(`${name}.py`, folder), 'utf8').split('\n', 1)).toEqual([
      `# ${kind} → ${outcome}: ${tries}.`,
    ]);
});
