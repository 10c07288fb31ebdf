import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hostMethods } from '../../app/docs/python-commands.ts';
import { projectDir } from '../../runner/host/dist.ts';

const example = (name: string) => readFileSync(join(projectDir, `runner/python/examples/${name}.py`), 'utf8');

it('the defense of the chapter on PyTorch is its script but for three lines: model, data, and what is returned', () => {
  const script = example('script').split(/^model = .*\ndata = .*\n/m)[1]!;
  const [loop, rest] = script.split(/^x, y = /m);
  expect(rest).toContain('accuracy');
  const indented = loop!.replace(/^(?=.)/gm, '    ');
  const own = ['model = host.model()', 'data = host.tensors(task.train)'].map((line) => `    ${line}\n`).join('');
  expect(example('loop')).toContain(
    `def train(task: Task, host: Host) -> nn.Module:\n${own}${indented}    return model\n`,
  );
});

const host = readFileSync(join(projectDir, 'runner/python/antidote_host/host.py'), 'utf8');
/** The class alone: what follows it begins at the first column. */
const methods = /^class Host:\n([\s\S]*?)^\S/m.exec(host)![1]!;

it('the chapter on Python names every method of the host, with all its arguments, and no other', () => {
  const named = (name: string) => name.replace(/\(.*/, '');
  const public_ = [...methods.matchAll(/^ {4}def ([a-z]\w*)\(([\s\S]*?)\)/gm)];
  expect(Object.keys(hostMethods).map(named).sort()).toEqual(public_.map(([, name]) => name).sort());
  for (const [, name, given] of public_) {
    const printed = Object.keys(hostMethods).find((method) => named(method) === name)!;
    for (const [, argument] of given!.matchAll(/(\w+):/g)) expect(printed).toMatch(new RegExp(`\\b${argument}\\b`));
  }
});
