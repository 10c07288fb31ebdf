import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jsonIn, problemOf, textIn } from '../../../runner/client/http.ts';
import { HarnessFault, NoAnswer } from '../../../runner/errors.ts';
import { serve } from '../../support/http-server.ts';

type Answer = Parameters<typeof serve>[0];
let close = () => {};
afterEach(() => close());
const answered = async (answer: Answer) => {
  const server = await serve(answer);
  close = server.close;
  return fetch(server.origin);
};

const Shape = z.object({ id: z.string() });

describe('what calls itself a site', () => {
  it('is told to be none where it answers with a page', async () => {
    const page = await answered((_, response) => response.end('<html>Log in to this network</html>'));
    await expect(jsonIn(page, Shape)).rejects.toThrow(/^http:\/\/127\.0\.0\.1:\d+ is no Antidote site/);
  });

  it('steers no terminal by what it says is wrong, and says it in a thousand characters', async () => {
    const detail = `\u001b]0;title\u0007\u202eno\n${'x'.repeat(50_000)}`;
    const { message } = await problemOf(
      await answered((_, response) => response.writeHead(422).end(JSON.stringify({ code: 'invalid', detail }))),
    );
    expect(message).toMatch(/^no x+…$/);
    expect(message).toHaveLength(1000);
  });

  it('does not fill the memory with an answer that has no end', async () => {
    const endless = await answered((request, response) => {
      const more = () => {
        while (!request.socket.destroyed && response.write('['.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    await expect(textIn(endless)).rejects.toThrow(HarnessFault);
  });

  it('is no answer where it breaks off, or is not what its encoding says', async () => {
    const short = await answered((_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{');
      response.socket?.end();
    });
    await expect(textIn(short)).rejects.toThrow(NoAnswer);
    close();
    const packed = await answered((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain'),
    );
    await expect(textIn(packed)).rejects.toThrow(/broke off/);
  });
});
