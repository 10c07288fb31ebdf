import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WebSocketServer } from 'ws';

/**
 * Lets @vercel/postgres, which speaks PostgreSQL over a WebSocket, speak to a server on loopback: bytes go through as
 * they are. Returns what ends it.
 */
export async function proxyToPostgres(port: number): Promise<() => Promise<void>> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket) => {
    const upstream = connect(port, '127.0.0.1');
    socket.on('message', (data: Buffer) => upstream.write(data));
    socket.on('close', () => upstream.destroy());
    upstream.on('data', (data) => socket.send(data));
    upstream.on('close', () => socket.close());
    upstream.on('error', () => socket.close());
  });
  await new Promise((done) => server.once('listening', done));
  const { neonConfig } = await neon();
  neonConfig.wsProxy = () => `127.0.0.1:${(server.address() as { port: number }).port}/`;
  neonConfig.useSecureWebSocket = false;
  neonConfig.pipelineConnect = false;
  neonConfig.pipelineTLS = false;
  return async () => {
    const goodbyes = [...server.clients].map((client) => new Promise((done) => client.once('close', done)));
    await Promise.all(goodbyes);
    await new Promise((done) => server.close(() => done(undefined)));
  };
}

type NeonConfig = {
  wsProxy: () => string;
  useSecureWebSocket: boolean;
  pipelineConnect: 'password' | false;
  pipelineTLS: boolean;
};

/** The very module that @vercel/postgres uses, wherever npm has put it. */
async function neon(): Promise<{ neonConfig: NeonConfig }> {
  const vercel = createRequire(import.meta.url).resolve('@vercel/postgres');
  const entry = createRequire(vercel).resolve('@neondatabase/serverless');
  return import(pathToFileURL(join(dirname(entry), 'index.mjs')).href);
}
