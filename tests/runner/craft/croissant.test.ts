import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smoke1 } from '../../../lib/catalog/suites/smoke-1.ts';
import { SuiteSchema, trialKey } from '../../../lib/contract/suite.ts';
import { craftSuite } from '../../../runner/craft/build.ts';
import { decodeCell } from '../../../runner/craft/cell.ts';
import { describeSuite } from '../../../runner/craft/description.ts';
import { readManifest } from '../../../runner/craft/manifest.ts';
import { env } from '../../../runner/host/env.ts';
import { readByMlcroissant } from '../../support/mlcroissant.ts';
import { requires } from '../../support/requires.ts';

/** Two scenarios, one with images and one without, with so few rows that they are crafted and read in no time. */
const scenarios = smoke1.scenarios
  .filter(({ attack }) => attack === 'badnets' || attack === 'label-flip')
  .map((scenario) => ({ ...scenario, budgets: [0.005, 0.01] }));
const suite = SuiteSchema.parse({ ...smoke1, id: 'quick-1', seeds: [5, 6], scenarios });
const cells = describeSuite(suite).cells;

describe.runIf(requires('fashion-mnist'))('the metadata of a built suite', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'antidote-croissant-'));
    await craftSuite(suite, folder, join(env().ANTIDOTE_DATA, 'datasets'), () => {});
  });
  afterAll(() => rm(folder, { recursive: true }));
  const text = (path: string) => readFile(join(folder, path), 'utf8');

  it('names every other file with its length and sha256, and license and notice of each', async () => {
    const { distribution } = JSON.parse(await text('croissant.json'));
    const objects = distribution.filter((part: { '@type': string }) => part['@type'] === 'cr:FileObject');
    const { manifest } = await readManifest(folder);
    const others = manifest.files.filter(({ path }) => path !== 'croissant.json');
    expect(objects).toEqual(
      others.map(({ path, bytes, sha256 }) =>
        expect.objectContaining({ '@id': path, contentUrl: path, contentSize: `${bytes} B`, sha256: sha256.slice(7) }),
      ),
    );
    for (const { '@id': path, license, copyrightNotice } of objects) {
      expect(license).toBe('https://spdx.org/licenses/MIT');
      expect([path, /Zalando/.test(copyrightNotice)]).toEqual([path, path.endsWith('.safetensors')]);
    }
    expect(others.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['DATASHEET.md', 'LICENSE', 'README.md', 'suite.json', ...cells.map(({ path }) => path)]),
    );
  });

  it('says in words whose the files are, what they are for, and why poison is released', async () => {
    expect(await text('LICENSE')).toMatch(/Copyright \(c\) 2017 Zalando SE[\s\S]*Permission is hereby granted/);
    const datasheet = await text('DATASHEET.md');
    for (const part of [
      'Motivation',
      'Composition',
      'Collection',
      'Preprocessing',
      'Uses',
      'On releasing poison',
      'Distribution',
      'Maintenance',
    ])
      expect(datasheet).toContain(`## ${part}`);
    for (const { id } of scenarios) expect(datasheet).toContain(`| \`${id}\` | [`);
  });

  it('has the poison of each cell as a table too', async () => {
    for (const { path, scenario, budget, seed } of cells) {
      const { index, labels } = decodeCell(await readFile(join(folder, path)));
      const wanted = [...index].map((row, i) => `${budget},${seed},${row},${labels[i]}`);
      const [head, ...lines] = (await text(`${scenario}/poison.csv`)).trimEnd().split('\n');
      expect(head).toBe('budget,seed,index,label');
      expect(wanted).toHaveLength(budget * 60_000);
      expect(lines.filter((line) => line.startsWith(`${budget},${seed},`))).toEqual(wanted);
    }
  });

  describe.runIf(requires('mlcroissant'))('read by MLCommons’ own program', () => {
    it('is valid Croissant 1.1 without a warning, and yields every cell and every poisoned row', async () => {
      const { errors, warnings, version, cells: found, poison } = readByMlcroissant(folder);
      expect([errors, warnings, version]).toEqual([[], [], 'http://mlcommons.org/croissant/1.1']);
      expect(found).toEqual(cells.map(({ path, scenario, budget, seed }) => ({ path, scenario, budget, seed })));
      const seen = new Map<string, number[][]>();
      for (const { index, label, ...cell } of poison) {
        const rows = seen.get(trialKey(cell)) ?? [];
        seen.set(trialKey(cell), rows);
        rows.push([index, label]);
      }
      for (const cell of cells) {
        const { index, labels } = decodeCell(readFileSync(join(folder, cell.path)));
        expect(seen.get(trialKey(cell))).toEqual([...index].map((row, i) => [row, labels[i]]));
      }
    });

    it('is refused where a file is not the one that it names', async () => {
      const honest = await text('suite.json');
      writeFileSync(join(folder, 'suite.json'), honest.replace('"seed": 5', '"seed": 7'));
      expect(() => readByMlcroissant(folder)).toThrow(/Hash of downloaded file/);
      writeFileSync(join(folder, 'suite.json'), honest);
    });
  });
});
