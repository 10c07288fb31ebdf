type Handler = (request: Request, context: { params: Promise<never> }) => Response | Promise<Response>;
type Question = {
  json?: unknown;
  text?: string;
  token?: string;
  params?: Record<string, unknown>;
  headers?: Record<string, string>;
};

export const origin = 'http://localhost:3000';

/** Asks a route handler, as a function, what a program on this machine would ask the site. */
export async function ask(
  handler: Handler,
  path: string,
  { json, text, token, params = {}, headers = {} }: Question = {},
  method?: string,
): Promise<Response> {
  const body = text ?? (json === undefined ? undefined : JSON.stringify(json));
  const request = new Request(origin + path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      host: 'localhost:3000',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  return handler(request, { params: Promise.resolve(params as never) });
}

/** The status and, of a problem, its code: most of what a refusal says. */
export async function verdictOf(answer: Response): Promise<[number, string | null]> {
  const isProblem = answer.headers.get('content-type') === 'application/problem+json';
  return [answer.status, isProblem ? ((await answer.json()) as { code: string }).code : null];
}
