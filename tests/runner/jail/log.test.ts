import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keepLog, logByteLimit } from '../../../runner/jail/log.ts';
import { plainLine, plainText } from '../../../runner/plain-text.ts';

async function printed(chunks: readonly (string | Buffer)[]) {
  const [output, errors] = [new PassThrough(), new PassThrough()];
  let ready = 0;
  const log = keepLog(output, errors, () => ready++);
  for (const chunk of chunks) output.write(chunk);
  await turn();
  return { ready, text: log.text() };
}

describe('the log', () => {
  test('ready is the first line of standard output, in whatever pieces it comes, and nothing else', async () => {
    expect(await printed(['ready\n'])).toEqual({ ready: 1, text: '' });
    expect(await printed(['rea', 'dy', '\nmore'])).toEqual({ ready: 1, text: 'more' });
    expect(await printed(['ready\nready\n'])).toEqual({ ready: 1, text: 'ready\n' });
    for (const text of ['', 'read', 'ready', 'ready to go\n', ' ready\n', 'x\nready\n', 'READY\n'])
      expect(await printed([text])).toEqual({ ready: 0, text });
  });

  test('the first 64 KiB are kept', async () => {
    const { text } = await printed(['ready\n', ...Array.from({ length: 100 }, () => Buffer.alloc(10_000, 'x'))]);
    expect(text).toBe('x'.repeat(logByteLimit));
  });
});

describe('plain text', () => {
  test('holds no control, bidi or invisible character, whatever came in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(plainText(text)).not.toMatch(/[^\P{C}\n\t]/u);
        expect(plainLine(text)).not.toMatch(/\p{C}|\n/u);
        expect(plainLine(text).length).toBeLessThanOrEqual(300);
      }),
    );
  });

  test('what people write stays as it is', () => {
    const text = 'loss 0.31 → 0.29\n\tstep 2: größer, 漢字, <b>&amp;</b>';
    expect(plainText(text)).toBe(text);
  });

  test('terminal sequences go as a whole', () => {
    expect(plainText('a\u001b[31mb\u001b[0m\u001b]0;title\u0007c')).toBe('abc');
  });
});
