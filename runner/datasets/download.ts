import type { Mirror } from './mirror.ts';
import { unpacked } from './pinned-file.ts';

const answerTimeoutMs = 8_000;
const stallTimeoutMs = 15_000;
const gzipOverhead = 1_024;

/**
 * The files at one of the project's addresses. Asks once for each and gives up on the address at the first failure:
 * there are others.
 */
export function download(address: string, report: (line: string) => void): Mirror {
  return {
    async find(file) {
      const url = `${address}/${file.name}.gz`;
      report(`fetching ${url}`);
      try {
        return unpacked(file, await fetchBytes(url, file.bytes + gzipOverhead));
      } catch (error) {
        throw new Error(`${url}: ${reasonOf(error)}`);
      }
    },
  };
}

/**
 * The answer's bytes; it is an error if there are more than that. A server that says nothing for a while is given up.
 */
export async function fetchBytes(url: string, mostBytes: number): Promise<Buffer> {
  const controller = new AbortController();
  const giveUp = () => controller.abort(new Error('no answer in time'));
  let timer = setTimeout(giveUp, answerTimeoutMs);
  try {
    const response = await fetch(url, { signal: controller.signal });
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    const chunks: Uint8Array[] = [];
    let length = 0;
    const reader = response.body.getReader();
    for (let { done, value } = await reader.read(); !done && value; { done, value } = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, stallTimeoutMs);
      length += value.length;
      if (length > mostBytes) throw new Error(`more than ${mostBytes} bytes`);
      chunks.push(value);
    }
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

/** fetch hides what happened in `cause`. */
export const reasonOf = (error: unknown) =>
  error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : String(error);
