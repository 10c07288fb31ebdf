import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { importable } from '../../../lib/contract/python/importable.ts';
import { PythonSet } from '../../../lib/contract/runtime.ts';

const folder = new URL('../../../runner/python/sets/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

it('there is a lock file for every set of packages, and no other', () => {
  const sets = readdirSync(folder).flatMap((name) => (name.endsWith('.lock') ? [name.replace('.lock', '')] : []));
  expect(sets).toEqual([...PythonSet.options].sort());
});

it.each(PythonSet.options)('the lock file of %s pins every package by version and hashes, and names no host', (set) => {
  const entries = read(`${set}.lock`).replaceAll('\\\n', ' ').trim().split('\n');
  expect(entries.length).toBeGreaterThan(5);
  for (const entry of entries)
    expect(entry).toMatch(/^[a-z0-9-]+==[0-9][\w.]* (; [^-]+ )?( +--hash=sha256:[0-9a-f]{64})+$/);
  expect(read(`${set}.lock`)).not.toMatch(/\/\/|\bindex\b/);
});

it.each(PythonSet.options)('the lock file of %s holds what is asked for', (set) => {
  const asked = (name: string): string[] =>
    read(`${name}.in`)
      .trim()
      .split('\n')
      .flatMap((line) => (line.startsWith('-r ') ? asked(line.slice(3).replace('.in', '')) : [line]));
  for (const name of asked(set)) expect(read(`${set}.lock`)).toMatch(new RegExp(`^${name}==`, 'm'));
});

/** Distributions that are imported by another name. */
const importedAs: Record<string, string> = { 'scikit-learn': 'sklearn', pillow: 'PIL' };
/** Not in a lock file by that name: the harness's own, and parts of torch. */
const withoutLine = ['antidote_host', 'functorch', 'torchgen'];

it.each(PythonSet.options)('a module may import what the lock file of %s holds, and no other package', (set) => {
  const held = [...read(`${set}.lock`).matchAll(/^([a-z0-9-]+)==(?!.*'win32')/gm)]
    .map(([, name]) => importedAs[name!] ?? name!.replaceAll('-', '_'))
    .filter((name) => !/^(nvidia|cuda)_/.test(name));
  expect([...importable[set]].filter((name) => !withoutLine.includes(name)).sort()).toEqual([...new Set(held)].sort());
});
