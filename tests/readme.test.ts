import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const guides = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n')
  .filter((path) => existsSync(join(root, path)));

it('the defense printed in the README is the file that it names, to the letter', () => {
  expect(text('README.md')).toContain(`\`\`\`js\n${text('runner/defenses/examples/shape.mjs')}\`\`\``);
});

it('the README names two commands that package.json has', () => {
  const { scripts } = JSON.parse(text('package.json'));
  for (const [, name] of text('README.md').matchAll(/^npm ci && npm (start|test)\b/gm))
    expect(scripts).toHaveProperty(name!);
});

it.each(['lib/catalog', 'lib/contract', 'lib/db', 'lib/scoring', 'runner/craft', 'runner/jail', 'runner/train'])(
  'the README of %s names each of its files',
  (folder) => {
    const files = readdirSync(join(root, folder)).filter((name) => name.endsWith('.ts'));
    expect(files.filter((name) => !text(`${folder}/README.md`).includes(`\`${name}\``))).toEqual([]);
  },
);

describe.each(guides)('%s', (path) => {
  const prose = text(path).replace(/```.*?```/gs, '');

  it('links to files that are there', () => {
    const links = [...prose.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) => join(dirname(path), link!));
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });

  it('names folders and source files that are there', () => {
    const names = [...prose.matchAll(/`((?:app|drizzle|lib|runner|tests)\/(?!\.out)[\w./@[\]-]+)`/g)].map(
      ([, name]) => name!,
    );
    const places = [root, join(root, dirname(path))];
    expect(names.filter((name) => !places.some((place) => existsSync(join(place, name))))).toEqual([]);
  });

  it('has no row of a table that is too long to read', () => {
    expect(prose.split('\n').filter((line) => line.startsWith('|') && line.length >= 300)).toEqual([]);
  });
});
