import { expect, it } from 'vitest';
import { dataPath } from '../../../runner/host/places.ts';
import { fileProblem } from '../../../runner/terminal/file-problem.ts';
import { antidote } from '../../support/command-line.ts';

const refused = (code: string, path: string) => Object.assign(new Error(`${code}: ${path}`), { code, path });

it.each([
  ['EROFS', /read-only/],
  ['EACCES', /permission/],
  ['ENOSPC', /disk is full/],
])('a data folder that answers %s is told of in one sentence, with what to do', (code, cause) => {
  const sentence = fileProblem(refused(code, dataPath('db')));
  expect(sentence).toMatch(cause);
  expect(sentence).toMatch(/^Can't use \S+db: .*; ANTIDOTE_DATA=<folder> names another data folder\.$/);
});

it('another folder is named, and what is no such refusal stays as it is', () => {
  expect(fileProblem(refused('EROFS', '/elsewhere/file'))).toMatch(/^Can't use \/elsewhere\/file: .*another folder\.$/);
  expect(fileProblem(refused('ENOENT', '/elsewhere/file'))).toBeNull();
  expect(fileProblem(new Error('something else'))).toBeNull();
});

it('npm start on a folder that can not be made ends with 3 and that sentence alone', async () => {
  const { code, err } = await antidote(['start'], { ANTIDOTE_DATA: '/sys/antidote' });
  expect([code, err]).toEqual([
    3,
    expect.stringMatching(/^Can't use \/sys\/antidote: .*\(E[A-Z]+\); ANTIDOTE_DATA.*\n$/),
  ]);
});
