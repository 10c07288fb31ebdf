import type { IncomingMessage, ServerResponse } from 'node:http';

/** So long a request may do nothing but wait for its sender. */
const lookMs = 1000;

/**
 * Says so, once, when a request is found waiting for its sender: its body has not come yet, or its answer is not taken.
 * Whoever sends a byte now and then would else hold a place in line at no cost.
 */
export function whenStalled(request: IncomingMessage, response: ServerResponse, say: () => void): void {
  const look = setInterval(() => {
    if (request.complete && !response.writableNeedDrain) return;
    clearInterval(look);
    say();
  }, lookMs);
  response.on('close', () => clearInterval(look));
}
