import { createServer } from 'node:net';
import { UsageError } from '../errors.ts';
import { env } from '../host/env.ts';

/** Throws where HOST and PORT can't be listened on. */
export function requireFreePort(): Promise<void> {
  const { HOST, PORT } = env();
  return new Promise((free, taken) => {
    const probe = createServer().once('error', (error: NodeJS.ErrnoException) =>
      taken(
        new UsageError(
          error.code === 'EADDRINUSE'
            ? `Port ${PORT} is taken by another program; set PORT to a free one, such as PORT=${PORT < 65_535 ? PORT + 1 : 3000}.`
            : `Can't listen on ${HOST}:${PORT}: ${error.message}.`,
        ),
      ),
    );
    probe.listen(PORT, HOST, () => probe.close(() => free()));
  });
}
