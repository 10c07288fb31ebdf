import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import manifest from '../package.json' with { type: 'json' };
import { projectDir } from '../runner/host/dist.ts';

const file = join(projectDir, 'antidote.cdx.json');
afterAll(() => rmSync(file, { force: true }));

const Bom = z.object({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(
    z.object({
      purl: z.string(),
      hashes: z.array(z.unknown()),
      externalReferences: z.array(z.object({ type: z.string() })),
    }),
  ),
});

it('npm run sbom lists every dependency in its version with a hash, and names no registry', () => {
  execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: projectDir });
  const { components } = Bom.parse(JSON.parse(readFileSync(file, 'utf8')));
  const listed = new Set(components.map(({ purl }) => decodeURIComponent(purl)));
  const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(wanted.filter(([name, version]) => !listed.has(`pkg:npm/${name}@${version}`))).toEqual([]);
  expect(components.filter(({ externalReferences: all }) => all.some(({ type }) => type === 'distribution'))).toEqual(
    [],
  );
  expect(components.every(({ hashes }) => hashes.length > 0)).toBe(true);
});
