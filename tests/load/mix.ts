import type { Answer, Client } from './clients.ts';

/** What one client does in one turn; what it learned is kept in its memory. */
export type Turn = (client: Client, memory: Map<string, string>, n: number) => Promise<Answer>;
/** So many clients do it, each after a pause of about so many seconds. */
export type Part = { readonly name: string; readonly clients: number; readonly pause: number; readonly turn: Turn };

const board = '/suites/core-1';
const standings = `/api/v1${board}/standings`;
const orders = ['', '?sort=mean', '?detail=scenarios', '?baselines=hide', '?sort=utility&direction=ascending'];
const shape = 'export default { shape: (step) => step.sum(step.norms().fill(1)) };';

/** Asks with the tag of the answer before, as a browser does. */
const again =
  (pathOf: (memory: Map<string, string>, n: number) => string): Turn =>
  async (client, memory, n) => {
    const path = pathOf(memory, n);
    const etag = memory.get(path);
    const answer = await client.ask(path, { headers: etag ? { 'if-none-match': etag } : {} });
    if (typeof answer.headers.etag === 'string') memory.set(path, answer.headers.etag);
    return answer;
  };

const upload =
  (codeOf: (n: number) => string): Turn =>
  async (client, memory, n) => {
    const json = { name: 'A defense', suite: 'smoke-1', code: codeOf(n), card: {} };
    const answer = await client.ask('/api/v1/submissions', { json });
    if (answer.status === 201) memory.set('submission', JSON.parse(answer.text).id);
    return answer;
  };

/** Each stands for a kind of text that is refused: the first takes the check longest. */
const refused = [
  `${'{'.repeat(240)}${'a;'.repeat(126_000)}${'}'.repeat(240)}`,
  'export default { filter( { };',
  'import torch\n',
  `${shape}//`.padEnd(262_145, 'x'),
];

/** 200 clients. Pauses are drawn between half and one and a half of what stands here. */
export const mix: readonly Part[] = [
  { name: 'board', clients: 80, pause: 2, turn: again((_, n) => (n % 4 === 0 ? '/' : board)) },
  { name: 'board, other orders', clients: 20, pause: 5, turn: again((_, n) => `${board}${orders[n % orders.length]}`) },
  { name: 'standings', clients: 30, pause: 2, turn: again((_, n) => (n % 2 === 0 ? standings : `${standings}.csv`)) },
  {
    name: 'API',
    clients: 20,
    pause: 2,
    turn: (client, _, n) => client.ask(['/api/v1/suites', '/api/v1/suites/core-1', '/api/v1/submissions'][n % 3]!),
  },
  {
    name: 'uploads, followed',
    clients: 20,
    pause: 4,
    turn: async (client, memory, n) =>
      n % 8 === 0 || !memory.has('submission')
        ? upload((at) => `${shape}// ${client.id} ${at}`)(client, memory, n)
        : again((known) => `/api/v1/submissions/${known.get('submission')}`)(client, memory, n),
  },
  { name: 'uploads, refused', clients: 20, pause: 10, turn: upload((n) => refused[n % refused.length]!) },
  {
    name: 'bodies that are nothing',
    clients: 10,
    pause: 5,
    turn: (client) => client.ask('/api/v1/submissions', { json: '['.repeat(500_000) }),
  },
];
