import type { Readable } from 'node:stream';

export const logByteLimit = 65_536;

/** What a guest says before it touches the module, as the first line of its standard output. */
const readyLine = Buffer.from('ready\n');

/**
 * Reads a guest's output to the end, however much there is, and keeps the first 64 KiB of both streams together.
 * `onReady` is called once, when the first line of standard output is `ready`; that line is not kept.
 */
export function keepLog(output: Readable, errors: Readable, onReady: () => void): { text(): string } {
  const kept: Buffer[] = [];
  let room = logByteLimit;
  const keep = (chunk: Buffer) => {
    if (room === 0) return;
    const part = Buffer.from(chunk.subarray(0, room));
    kept.push(part);
    room -= part.length;
  };
  let head: Buffer | null = Buffer.alloc(0);
  output.on('data', (chunk: Buffer) => {
    if (head === null) return keep(chunk);
    head = Buffer.concat([head, chunk]);
    if (head.length < readyLine.length && readyLine.subarray(0, head.length).equals(head)) return;
    const ready = head.subarray(0, readyLine.length).equals(readyLine);
    if (ready) onReady();
    keep(ready ? head.subarray(readyLine.length) : head);
    head = null;
  });
  errors.on('data', keep);
  return { text: () => Buffer.concat(head === null ? kept : [...kept, head]).toString('utf8') };
}
