import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PythonSet } from '../../../lib/contract/runtime.ts';
import { packagesOf } from '../../../runner/doctor/packages.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const text = (path: string) => readFileSync(root + path, 'utf8');

/** The instructions of a Dockerfile, continued lines joined. */
const instructions = text('runner/Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => line.trim().split(/\s+/));
const stages = instructions
  .filter(([word]) => word === 'FROM')
  .map(([, from, , name]) => ({ from: from!, name: name! }));

describe('the container', () => {
  it('is written in instructions that exist', () => {
    const known = ['FROM', 'RUN', 'COPY', 'ENV', 'WORKDIR', 'USER', 'VOLUME', 'STOPSIGNAL', 'ENTRYPOINT', 'CMD'];
    expect(instructions.filter(([word]) => !known.includes(word!))).toEqual([]);
  });

  it('names every stage, and builds each on an earlier one or on an image of a fixed version', () => {
    for (const [index, { from, name }] of stages.entries()) {
      expect(name).toMatch(/^[a-z-]+$/);
      const earlier = stages.slice(0, index).some((stage) => stage.name === from);
      expect([from, earlier || /^[a-z/]+:\d+\.\d+\.\d+-[a-z-]+$/.test(from)]).toEqual([from, true]);
    }
    expect(stages.map(({ name }) => name)).toEqual(expect.arrayContaining(['cpu', 'cuda']));
  });

  it('copies only what is there', () => {
    const copied = instructions
      .filter(([word, first]) => word === 'COPY' && !first!.startsWith('--from'))
      .flatMap(([, ...paths]) => paths.slice(0, -1));
    expect(copied.filter((path) => !existsSync(root + path))).toEqual([]);
    const stagesCopied = instructions.flatMap(([word, first]) =>
      word === 'COPY' && first!.startsWith('--from=') ? [first!.slice('--from='.length)] : [],
    );
    expect(stagesCopied.filter((name) => !stages.some((stage) => stage.name === name))).toEqual([]);
  });

  it('holds the packages for modules in Python, the one for a GPU those of PyTorch too', () => {
    const made = (stage: string): string[] => {
      const begin = instructions.findIndex(([word, , , name]) => word === 'FROM' && name === stage);
      const end = instructions.findIndex(([word], index) => word === 'FROM' && index > begin);
      const own = instructions.slice(begin + 1, end < 0 ? undefined : end);
      const from = own.flatMap((line) => (line.includes('/data') ? (/^--from=(.+)$/.exec(line[1]!)?.[1] ?? []) : []));
      const before = [...from, ...stages.filter(({ name }) => name === stage).map((one) => one.from)];
      return [
        ...own.flatMap((line) => (line.at(-2) === 'python-env' ? [line.at(-1)!] : [])),
        ...before.filter((name) => stages.some((one) => one.name === name)).flatMap(made),
      ];
    };
    expect(made('cpu')).toEqual(['numpy']);
    expect(made('cuda').sort()).toEqual(['numpy', 'torch']);
    for (const set of made('cuda')) expect(PythonSet.options).toContain(set);
  });

  it('runs as nobody in particular, keeps its data in a volume, and hears SIGTERM', () => {
    for (const target of ['cpu', 'cuda']) {
      const begin = instructions.findIndex(([word, , , name]) => word === 'FROM' && name === target);
      const end = instructions.findIndex(([word], index) => word === 'FROM' && index > begin);
      const words = instructions.slice(begin, end < 0 ? undefined : end).map((line) => line.join(' '));
      expect(words).toEqual(
        expect.arrayContaining([
          'USER node',
          'VOLUME /data',
          'STOPSIGNAL SIGTERM',
          'ENTRYPOINT ["node", "runner/antidote.mjs"]',
          'CMD ["work"]',
        ]),
      );
    }
  });

  it('cleans up after apt-get in the same layer, and holds no secret', () => {
    for (const [word, ...rest] of instructions) {
      const line = rest.join(' ');
      if (word === 'RUN' && line.includes('apt-get install'))
        expect(line).toMatch(/--no-install-recommends.*rm -rf \/var\/lib\/apt\/lists/);
      if (word === 'ENV') expect(line).not.toMatch(/SECRET|TOKEN|ENROL|PASSWORD/);
    }
  });

  it('installs packages of the one list, and names none beside it', () => {
    const installed = instructions.filter(([, ...rest]) => rest.join(' ').includes('apt-get install'));
    expect(installed.length).toBeGreaterThan(1);
    for (const [, ...rest] of installed) {
      const [, parts] = /install -y --no-install-recommends \$\(sed -nE 's\/\^\(([a-z|]+)\): \/\/p' \S+\) &&/.exec(
        rest.join(' '),
      )!;
      for (const part of parts!.split('|')) expect(packagesOf(part)).not.toEqual([]);
    }
  });

  it('is composed of a target that exists, with nothing written into it that opens a site', () => {
    const compose = text('runner/deploy/compose.yaml');
    expect(stages.map(({ name }) => name)).toContain(/target: (\w+)/.exec(compose)![1]);
    expect(existsSync(`${root}${/dockerfile: (\S+)/.exec(compose)![1]}`)).toBe(true);
    expect(compose).toMatch(/ANTIDOTE_ENROL: \$\{ANTIDOTE_ENROL:-\}/);
    expect(compose).not.toMatch(/privileged: true|\t/);
  });
});
