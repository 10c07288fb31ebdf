import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PNG } from 'pngjs';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { EffectChart } from '../../app/attacks/[attack]/effect-chart.tsx';
import { Pictures } from '../../app/attacks/[attack]/pictures.tsx';
import { difference, firstExamples } from '../../app/attacks/examples.ts';
import { type Cell, type Occurrence, occurrencesOf, strongestOf } from '../../app/attacks/occurrences.ts';
import { smoke1 } from '../../lib/catalog/suites/smoke-1.ts';
import { encodeExamples, examplesPath } from '../../lib/contract/poison-examples.ts';
import { cellsOf, referenceOf } from '../../lib/scoring/references.ts';
import { wideSuite } from '../support/wide-suite.ts';

const data = await vi.hoisted(async () => {
  const { mkdtempSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const folder = mkdtempSync(`${tmpdir()}/antidote-attacks-`);
  process.env.ANTIDOTE_DATA = folder;
  return folder;
});

/** A suite on disk that holds these examples, its description where there is one, and nothing else. */
function built(id: string, scenario: string, examples: Parameters<typeof encodeExamples>[0], about?: object) {
  const contents: [string, Uint8Array][] = [[examplesPath(scenario), encodeExamples(examples)]];
  if (about) contents.push(['suite.json', Buffer.from(JSON.stringify(about))]);
  const sha256 = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}` as const;
  const manifest = Buffer.from(
    JSON.stringify({
      format: 'antidote-suite-1',
      suite: id,
      files: contents.map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256(bytes) })),
    }),
  );
  const folder = join(data, 'suites', id);
  for (const [path, bytes] of contents) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  writeFileSync(join(folder, 'manifest.json'), manifest);
  return { ...smoke1, id, digest: sha256(manifest) };
}
const two = {
  shape: [2, 2, 1],
  index: Int32Array.of(7, 9),
  clean: Uint8Array.of(0, 10, 20, 30, 1, 2, 3, 4),
  poison: Uint8Array.of(0, 10, 20, 255, 1, 2, 3, 4),
  cleanLabels: Int32Array.of(1, 8),
  poisonLabels: Int32Array.of(0, 0),
};

describe('where an attack occurs', () => {
  it('is every scenario of every suite that has it, with the numbers of the suite’s reference', () => {
    const [only, ...others] = occurrencesOf('badnets', [smoke1]);
    expect(others).toEqual([]);
    expect(only!.cells).toEqual(
      cellsOf(smoke1, referenceOf(smoke1, 'tensorflow')!).filter(({ scenario }) => scenario === 'badnets-mlp-128'),
    );
    const wide = wideSuite.scenarios.filter(({ attack }) => attack === 'badnets');
    expect(occurrencesOf('badnets', [wideSuite, smoke1]).map(({ scenario }) => scenario)).toEqual([
      ...wide,
      only!.scenario,
    ]);
  });

  it('has the controls of a suite last, and no numbers where there is no reference', () => {
    const scenarios = wideSuite.scenarios.map((scenario, place) => ({
      ...scenario,
      attack: 'badnets' as const,
      control: place < 2,
    }));
    const found = occurrencesOf('badnets', [{ ...wideSuite, scenarios }]);
    expect(found.map(({ scenario }) => scenario.control)).toEqual([...Array(18).fill(false), true, true]);
    expect(found.flatMap(({ cells }) => cells)).toEqual([]);
    expect(strongestOf(found)).toBeNull();
  });

  it('is strongest where the undefended model loses most', () => {
    const found = strongestOf([occurrence('lr', [0.1, 0.4]), occurrence('mlp-128', [0.7, 0.2])]);
    expect([found?.scenario.model, found?.cell.budget]).toEqual(['mlp-128', 0.05]);
  });
});

describe('the pictures of an attack', () => {
  it('are those of the first scenario that is built, with the names of the labels; none where none is', async () => {
    const suite = built('pictured-1', 'badnets-mlp-128', two);
    const [absent] = occurrencesOf('badnets', [smoke1]);
    expect(await firstExamples([absent!])).toBeNull();
    const shown = await firstExamples([absent!, { ...absent!, suite }]);
    expect(shown?.suite.id).toBe('pictured-1');
    expect(shown?.examples.map(({ row, cleanLabel, poisonLabel }) => [row, cleanLabel, poisonLabel])).toEqual([
      [7, 'trouser', 'T-shirt'],
      [9, 'bag', 'T-shirt'],
    ]);
    expect(shown?.examples.map(({ difference: changed }) => changed && [...changed])).toEqual([
      [128, 128, 128, 240],
      null,
    ]);
  });

  it('name labels by the classes that the suite drew, and by number where its files are not here', async () => {
    const drawn = { plan: 'smoke', dataset: 'emnist-letters', seed: 'a'.repeat(64) };
    const classNames = [...'qxevbanmzk'];
    const suite = { ...built('drawn-1', 'badnets-mlp-128', two, { classNames }), draw: drawn };
    const [first] = occurrencesOf('badnets', [smoke1]);
    const shown = await firstExamples([{ ...first!, suite }]);
    expect(shown?.examples.map(({ cleanLabel }) => cleanLabel)).toEqual(['x', 'z']);
    const without = { ...built('drawn-2', 'badnets-mlp-128', two), draw: drawn };
    const nameless = await firstExamples([{ ...first!, suite: without }]);
    expect(nameless?.examples[0]?.cleanLabel).toBe('class 1');
  });

  it('are none where rows are no pictures', async () => {
    const suite = built('flat-1', 'badnets-mlp-128', { ...two, shape: [4] });
    expect(await firstExamples([{ ...occurrencesOf('badnets', [smoke1])[0]!, suite }])).toBeNull();
  });

  it('stand in the page with every pixel as it was published, each with words for who can’t see it', async () => {
    const suite = built('pictured-1', 'badnets-mlp-128', two);
    const shown = await firstExamples([{ ...occurrencesOf('badnets', [smoke1])[0]!, suite }]);
    const html = renderToStaticMarkup(createElement(Pictures, { shown, original: 'Clean row', suite }));
    const images = [...html.matchAll(/<img src="data:image\/png;base64,([^"]+)" alt="([^"]+)"/g)].map(
      ([, file, alt]) => ({ file: file!, alt }),
    );
    expect(images.map(({ alt }) => alt)).toEqual([
      'Clean: trouser',
      'Clean: bag',
      'Poison, made from: trouser',
      'Poison, made from: bag',
      'What the poison changes in: trouser',
    ]);
    const grays = images.map(({ file }) =>
      [...PNG.sync.read(Buffer.from(file, 'base64')).data].filter((_, at) => at % 4 === 0),
    );
    expect(grays).toEqual([
      [...two.clean.slice(0, 4)],
      [...two.clean.slice(4)],
      [...two.poison.slice(0, 4)],
      [...two.poison.slice(4)],
      [128, 128, 128, 240],
    ]);
  });

  it('say by how much a pixel changes, from black to white and back', () => {
    expect([...difference(Uint8Array.of(0, 255, 9, 9, 9), Uint8Array.of(255, 0, 9, 10, 11))]).toEqual([
      255, 1, 128, 128, 129,
    ]);
  });
});

describe('the curve of an effect', () => {
  const drawn = (occurrences: Occurrence[]) =>
    renderToStaticMarkup(createElement(EffectChart, { label: 'Effect', occurrences }));

  it('tells in words what it draws: every number, and the gate', () => {
    const html = drawn([occurrence('lr', [0.101, 0.402]), occurrence('mlp-128', [0.603, -0.02])]);
    const about = html.match(/<desc[^>]*>(.*?)<\/desc>/)![1]!;
    for (const number of [
      '+10.1 points with 5 % poison',
      '+40.2 points with 10 % poison',
      '+60.3 points',
      '−2.0 points',
      'The gate is 50 points',
    ])
      expect(about).toContain(number);
    expect(html.match(/<title[^>]*>(.*?)<\/title>/)![1]).toBe('Effect');
  });

  it('has every interval inside its frame, whatever the numbers', () => {
    for (const values of [[0.001], [0.02, -0.05], [0.99, 0.995, 1], [0.5, 0.5, 0.5, 0.5]]) {
      const html = drawn([occurrence('lr', values), occurrence('mlp-128', values)]);
      const ends = [...html.matchAll(/M0 ([\d.-]+)V([\d.-]+)/g)].flatMap(([, low, high]) => [
        Number(low),
        Number(high),
      ]);
      expect(ends.length).toBe(4 * values.length);
      expect(ends.filter((y) => !(y >= 14 - 1e-9 && y <= 218 + 1e-9))).toEqual([]);
    }
  });

  it('writes the names of its lines apart from each other', () => {
    const html = drawn([
      occurrence('lr', [0.5, 0.6]),
      occurrence('mlp-128', [0.5, 0.601]),
      occurrence('mlp-256-256', [0.5, 0.602]),
    ]);
    const names = [...html.matchAll(/<text x="[^"]+" y="([^"]+)" stroke="none">/g)]
      .map(([, y]) => Number(y))
      .sort((a, b) => a - b);
    expect(names.length).toBe(3);
    expect(Math.min(names[1]! - names[0]!, names[2]! - names[1]!)).toBeGreaterThanOrEqual(14);
  });

  it('is none where nothing is known', () => expect(drawn([occurrence('lr', [])])).toBe(''));
});

/** BadNets on this model, with these effects at 5, 10, 15 … %. */
function occurrence(model: Occurrence['scenario']['model'], effects: readonly number[]): Occurrence {
  const scenario = {
    ...smoke1.scenarios[2]!,
    id: `badnets-${model}`,
    model,
    budgets: effects.map((_, place) => 0.05 * (place + 1)),
  };
  const cells = effects.map((value, place): Cell => {
    const effect = { value, low: value - 0.03, high: value + 0.03, n: 10 };
    return {
      scenario: scenario.id,
      budget: scenario.budgets[place]!,
      clean: 0.86,
      attacked: 0.86 - value,
      effect,
      bites: true,
      counts: true,
    };
  });
  return { suite: smoke1, scenario, gate: 0.5, cells };
}
