import { linkSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { evaluate } from '../../../runner/commands/evaluate.ts';
import { requireFile } from '../../../runner/host/destination.ts';

const folder = mkdtempSync(join(tmpdir(), 'antidote-destination-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('an answer is refused where it would be written over what the work reads, by whatever name', async () => {
  const module = join(folder, 'my.mjs');
  writeFileSync(module, 'export default {};\n');
  symlinkSync(module, join(folder, 'link'));
  linkSync(module, join(folder, 'twin'));
  for (const name of ['my.mjs', 'link', 'twin'])
    await expect(
      evaluate(module, { suite: 'smoke-2', scenario: [], jail: false, json: join(folder, name) }),
    ).rejects.toThrow(/^Can't write --json \S+: it is \S+my\.mjs itself, which is read here; name another\.$/);
  expect(readFileSync(module, 'utf8')).toBe('export default {};\n');
  expect(() => requireFile('--json', join(folder, 'other'), [module, join(folder, 'gone')])).not.toThrow();
  expect(() => requireFile('--json', '/dev/null', ['/dev/null'])).not.toThrow();
});
