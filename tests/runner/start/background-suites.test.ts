import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { smoke1 } from '../../../lib/catalog/suites/smoke-1.ts';
import { SuiteSchema } from '../../../lib/contract/suite.ts';
import { verifyFolder } from '../../../runner/craft/manifest.ts';
import { buildInBackground, inBuildOrder } from '../../../runner/start/background-suites.ts';
import { built } from '../../support/built.ts';
import { requires } from '../../support/requires.ts';

const { signal } = new AbortController();

/** A data folder of its own, with the data set alone. */
const data = await vi.hoisted(async () => {
  const { mkdtempSync, symlinkSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const { resolve } = await import('node:path');
  const folder = mkdtempSync(`${tmpdir()}/antidote-background-`);
  symlinkSync(resolve(process.env.ANTIDOTE_DATA ?? '.data', 'datasets'), `${folder}/datasets`);
  process.env.ANTIDOTE_DATA = folder;
  return folder;
});

describe('suites in the order that they are built in', () => {
  const large = SuiteSchema.parse({ ...smoke1, id: 'large-1', seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] });
  const middle = SuiteSchema.parse({ ...smoke1, id: 'middle-1', seeds: [0, 1, 2] });
  it('begin with the smallest, whatever order they are listed in', () => {
    for (const listed of [
      [large, middle, smoke1],
      [smoke1, large, middle],
    ])
      expect(inBuildOrder(listed).map(({ id }) => id)).toEqual(['smoke-1', 'middle-1', 'large-1']);
  });
});

describe.runIf(requires('fashion-mnist'))('a suite in the background', () => {
  it('is built by a process of low priority, told of when it is done, and not built or told of again', {
    timeout: 300_000,
  }, async () => {
    built();
    const said: string[] = [];
    const running = buildInBackground([smoke1], (line) => said.push(line), signal);
    let nice = 0;
    let niceOfGroup = 0;
    const grouped = existsSync('/proc/self/autogroup'); // a kernel may be built without it
    const watch = setInterval(() => {
      for (const child of readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean)) {
        nice = Math.max(nice, Number(readFileSync(`/proc/${child}/stat`, 'utf8').split(') ')[1]!.split(' ')[16]));
        if (grouped)
          niceOfGroup = Math.max(
            niceOfGroup,
            Number(readFileSync(`/proc/${child}/autogroup`, 'utf8').split(' nice ')[1]),
          );
      }
    }, 100);
    await running;
    clearInterval(watch);
    expect(said).toEqual([expect.stringMatching(/^Suite smoke-1 is built and published {2}\(\d+ s\)$/)]);
    expect(nice).toBe(19);
    if (grouped) expect(niceOfGroup).toBe(19);
    expect(await verifyFolder(join(data, 'suites/smoke-1'))).toEqual({ differs: [], digest: smoke1.digest });
    expect(await readdir(join(data, 'suites'))).toEqual(['smoke-1']);
    await buildInBackground([smoke1], (line) => said.push(line), signal);
    expect(said).toHaveLength(1);
  });

  it('that can’t be built is told of, and the next one follows', async () => {
    const said: string[] = [];
    const unknown = { ...smoke1, id: 'nope-1' };
    await buildInBackground([unknown, unknown], (line) => said.push(line), signal);
    expect(said).toEqual(
      Array(2).fill(
        expect.stringMatching(/^Suite nope-1 is not built: There is no suite 'nope-1'.* The next start tries again\.$/),
      ),
    );
  });
});
