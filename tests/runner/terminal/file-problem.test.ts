import { expect, it } from 'vitest';
import { DataNotAvailable } from '../../../runner/errors.ts';
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
  expect(sentence).toMatch(
    /^Can't use \S+db: .*; (make room, or )?ANTIDOTE_DATA=<folder> names another data folder\.$/,
  );
});

it('another folder is named, and what is no such refusal stays as it is', () => {
  expect(fileProblem(refused('EROFS', '/elsewhere/file'))).toMatch(/^Can't use \/elsewhere\/file: .*name another\.$/);
  expect(fileProblem(refused('ECONNRESET', '/elsewhere/file'))).toBeNull();
  expect(fileProblem(new Error('something else'))).toBeNull();
});

it.each(['ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST', 'ENAMETOOLONG', 'ELOOP', 'EIO'])(
  '%s is told of in words too, in one line, however long the path',
  (code) => {
    const sentence = fileProblem(refused(code, `/elsewhere/${'x'.repeat(5000)}\nfile`));
    expect(sentence).toMatch(/^Can't use \S+ file: \w.*\(E[A-Z]+\); mend that, or name another\.$/);
    expect(sentence!.length).toBeLessThan(400);
  },
);

it('a disk that is full while a file is written is told of without its name', () =>
  expect(fileProblem(Object.assign(new Error('ENOSPC, write'), { code: 'ENOSPC' }))).toMatch(
    /no room: the disk is full/,
  ));

it('a full disk is the first to be told of what kept a data set away, with where it is and what to do', () => {
  const met = (cause: string) =>
    fileProblem(
      new DataNotAvailable('fashion-mnist', `no way to train (ENOTFOUND; ${cause}). Run 'apt-get install x', or put …`),
    );
  const full =
    /^Can't use \S+datasets: its disk is full \(ENOSPC\); make room, or ANTIDOTE_DATA=<folder> names another/;
  expect(met('ENOSPC: no space left on device, write; HTTP 404')).toMatch(full);
  expect(met(`EDQUOT: disk quota exceeded, mkdir '${dataPath('datasets')}'`)).toMatch(/datasets: its quota is used up/);
  expect(met("ENOSPC: no space left on device, mkdtemp '/tmp/x'")).toMatch(/^Can't use \/tmp\/x: its disk is full/);
  expect(met('HTTP 404')).toBeNull();
});

it('npm start on a folder that can not be made ends with 3 and that sentence alone', async () => {
  const { code, err } = await antidote(['start'], { ANTIDOTE_DATA: '/sys/antidote' });
  expect([code, err]).toEqual([
    3,
    expect.stringMatching(/^Can't use \/sys\/antidote: .*\(E[A-Z]+\); ANTIDOTE_DATA.*\n$/),
  ]);
});
