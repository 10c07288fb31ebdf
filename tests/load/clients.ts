import { Agent, request } from 'node:http';

export type Answer = { status: number; headers: Record<string, unknown>; text: string; ms: number };

/** One client of the site: a connection of its own that is kept alive, its address is its name. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly origin: string,
    readonly id: string,
    private readonly token?: string,
  ) {}

  /** Throws where no answer comes. */
  ask(
    path: string,
    { json, headers = {} }: { json?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const body = json === undefined ? undefined : typeof json === 'string' ? json : JSON.stringify(json);
    const begin = performance.now();
    return new Promise((done, failed) => {
      const asked = request(`${this.origin}${path}`, {
        agent: this.agent,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          'accept-encoding': body === undefined ? 'gzip' : 'identity',
          'x-forwarded-for': this.id,
          ...(this.token && { authorization: `Bearer ${this.token}` }),
          ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          ...headers,
        },
      });
      asked.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', failed);
        response.on('end', () =>
          done({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
            ms: performance.now() - begin,
          }),
        );
      });
      asked.on('error', failed).end(body);
    });
  }

  end(): void {
    this.agent.destroy();
  }
}
