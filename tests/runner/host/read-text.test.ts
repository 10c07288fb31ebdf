import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { requireDump } from '../../../runner/commands/require-dump.ts';
import { UsageError } from '../../../runner/errors.ts';
import { distPath } from '../../../runner/host/dist.ts';
import { readText } from '../../../runner/host/read-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'antidote-read-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const problem = (path: string) => readText(path).then(String, (error: Error) => error);

describe('a file that the caller names', () => {
  it('is read as it is: with its byte order mark, its line ends, and nothing in it', async () => {
    for (const text of ['\ufeffexport {}\r\n', '', 'é😀\n']) expect(await readText(file('a.mjs', text))).toBe(text);
  });

  it('is refused where it is not in UTF-8: what is sent would else be another text', async () => {
    const latin = file('latin.mjs', Buffer.from('/* \u00e9 */', 'latin1'));
    expect(await problem(latin)).toBeInstanceOf(UsageError);
    expect(String(await problem(latin))).toMatch(/latin\.mjs: it is not in UTF-8/);
    expect(String(await problem(file('wide.mjs', Buffer.from('\ufeffexport {}', 'utf16le'))))).toMatch(/UTF-8/);
  });

  it('is refused in a sentence where it is not there, is a folder, leads to itself, or is too long', async () => {
    symlinkSync('loop', join(folder, 'loop'));
    expect(String(await problem(join(folder, 'gone')))).toMatch(/gone: there is no such file\.$/);
    expect(String(await problem(folder))).toMatch(/: it is a folder\.$/);
    expect(String(await problem(join(folder, 'loop')))).toMatch(/loop: it is a link that leads to itself\.$/);
    expect(String(await problem(file('long.mjs', Buffer.alloc(2 ** 26 + 1))))).toMatch(/it has more than 64 MiB\.$/);
  });

  it('is refused in a sentence where it is no file but a named pipe, a socket or a device', async () => {
    const pipe = join(folder, 'pipe.mjs');
    execFileSync('mkfifo', [pipe]);
    const socket = join(folder, 'socket.mjs');
    const server = createServer().listen(socket);
    await once(server, 'listening');
    const wanted = 'a file is wanted, or what a program hands over: /dev/stdin, <(…).';
    expect(String(await problem(pipe))).toContain(`pipe.mjs: it is a named pipe; ${wanted}`);
    expect(String(await problem(socket))).toContain(`socket.mjs: it is a socket; ${wanted}`);
    expect(String(await problem('/dev/zero'))).toContain(`/dev/zero: it is a device; ${wanted}`);
    await expect(requireDump(pipe)).rejects.toThrow(/it is a named pipe/);
    server.close();
  });
});

describe('what a program hands over', () => {
  const program = [process.execPath, distPath('antidote.mjs')];
  const module = 'export default { filter: (train) => new Float32Array(train.n).fill(1) };';

  it.each([
    ['through /dev/stdin', 'printf "%s" "$3" | "$1" "$2" check /dev/stdin'],
    ['from a file through /dev/stdin', '"$1" "$2" check /dev/stdin <<< "$3"'],
    ['through a pipe of the shell', '"$1" "$2" check <(printf "%s" "$3")'],
    ['through a descriptor', '"$1" "$2" check /proc/self/fd/7 7< <(printf "%s" "$3")'],
  ])('is read: %s', async (_, command) => {
    const shell = spawn('bash', ['-c', command, '--', ...program, module], { stdio: 'ignore' });
    expect((await once(shell, 'exit'))[0]).toBe(0);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('and does not go on keeps nobody waiting: %s ends the program with %i', async (signal, code) => {
    const pipe = join(folder, `${signal}.pipe`);
    execFileSync('mkfifo', [pipe]);
    const stdin = openSync(pipe, constants.O_RDWR);
    const other = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    writeSync(other, ' '.repeat(2 ** 16)); // as much as it holds
    const child = spawn(program[0]!, [program[1]!, 'check', '/dev/stdin'], { stdio: [stdin, 'ignore', 'ignore'] });
    const ended = once(child, 'exit');
    await expect.poll(() => hasRoom(other), { timeout: 30_000 }).toBe(true); // it reads
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
    expect(await ended).toEqual([code, null]);
    clearTimeout(late);
    closeSync(stdin);
    closeSync(other);
  });

  function hasRoom(pipe: number): boolean {
    try {
      return writeSync(pipe, ' ') === 1;
    } catch {
      return false;
    }
  }
});
