import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const text = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

it('the defense printed in the README is the file that it names, to the letter', () => {
  expect(text('README.md')).toContain(`\`\`\`js\n${text('runner/defenses/examples/shape.mjs')}\`\`\``);
});

it('the README names two commands that package.json has', () => {
  const { scripts } = JSON.parse(text('package.json'));
  for (const [, name] of text('README.md').matchAll(/^npm ci && npm (start|test)\b/gm))
    expect(scripts).toHaveProperty(name!);
});
