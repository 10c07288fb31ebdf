import type { ServerResponse } from 'node:http';
import { lengthHeader } from '../../lib/contract/length-header.ts';

/** Gives the answer the Content-Length that its handler names, so that who downloads sees how much is left. */
export function withKnownLength(response: ServerResponse): void {
  const writeHead: (...args: never[]) => ServerResponse = response.writeHead.bind(response);
  response.writeHead = (...args: never[]) => {
    const length = response.getHeader(lengthHeader);
    if (length !== undefined) {
      response.removeHeader(lengthHeader);
      response.setHeader('content-length', length);
    }
    return writeHead(...args);
  };
}
