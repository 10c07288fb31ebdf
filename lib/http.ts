import type { z } from 'zod';
import { isOutage } from './db/outage.ts';
import { postgresCode } from './db/values.ts';
import { AppError } from './errors.ts';
import { isTooDeep, textDefect } from './plain-json.ts';
import { transportSecurity } from './site-origin.ts';

export type Handler<Params> = (request: Request, context: { params: Promise<Params> }) => Response | Promise<Response>;

/**
 * Wraps a route handler: an AppError becomes the problem it names, and anything else a 500 that gives away nothing but
 * the id of a log line. Answers are not stored by anybody unless the handler said so.
 */
export function guarded<Params = Record<string, never>>(handler: Handler<Params>): Handler<Params> {
  return async (request, context) => {
    const response = await answerOf(handler, request, context);
    if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
    for (const [name, value] of Object.entries(transportSecurity())) response.headers.set(name, value);
    return response;
  };
}

async function answerOf<Params>(handler: Handler<Params>, ...asked: Parameters<Handler<Params>>): Promise<Response> {
  try {
    return await handler(...asked);
  } catch (error) {
    return problemOf(error, asked[0]);
  }
}

/** What was sent may be quoted in a message, and is not sent back whole. */
const longestDetail = 1000;

/** RFC 9457. */
const problem = (status: number, code: string, title: string, detail: string, headers: Record<string, string> = {}) =>
  Response.json(
    {
      code,
      title,
      detail: detail.length > longestDetail ? `${detail.slice(0, longestDetail).toWellFormed()}…` : detail,
    },
    { status, headers: { 'cache-control': 'no-store', ...headers, 'content-type': 'application/problem+json' } },
  );

function problemOf(error: unknown, request: Request): Response {
  if (error instanceof AppError)
    return problem(error.status, error.code, titleOf(error.code), error.message, error.headers);
  if (isOutage(error))
    return problem(503, 'unavailable', titleOf('unavailable'), 'The database does not answer; try again.', {
      'retry-after': '5',
    });
  const id = crypto.randomUUID();
  const path = new URL(request.url).pathname;
  console.error(
    JSON.stringify({
      id,
      method: request.method,
      path,
      ...logged(error),
    }),
  );
  return problem(500, 'our-fault', 'Our fault', `Something went wrong on our side; the log calls it ${id}.`);
}

/** A query that failed is told by its code and where it was asked: its text and parameters may be private. */
function logged(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  const { message, stack = message, cause } = error;
  const code = postgresCode(error);
  if (!code && !('query' in error)) return { error: stack, cause: cause instanceof Error ? cause.message : undefined };
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return { error: [`The database refused a query: ${code ?? 'no code'}`, ...frames].join('\n') };
}

const titleOf = (code: string) => `${code[0]!.toUpperCase()}${code.slice(1).replaceAll('-', ' ')}`;

/** The first thing that is wrong, and where. */
export function issueOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'The request is not what is wanted.';
  return `${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${inWords(issue.message)}`;
}

const wrongType =
  /^Invalid input: expected (string|number|int|boolean|array|object|record), received (string|number|boolean|array|object|null|undefined)$/;

/** The library's own words for a wrong type as a sentence; others are ours, and stay. */
function inWords(message: string): string {
  const [, wanted, came] = wrongType.exec(message) ?? [];
  if (!wanted || !came) return message;
  if (came === 'undefined') return `is missing; ${named(wanted)} is wanted`;
  return `${named(wanted)} is wanted, and ${wanted === 'int' && came === 'number' ? 'another' : named(came)} came`;
}

/** A type of JSON, with its article. */
function named(type: string): string {
  if (type === 'int') return 'a whole number';
  if (type === 'null') return type;
  if (type === 'record') return 'an object';
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

/**
 * The body's bytes; throws `too-large` as soon as more than `limitBytes` have come, whatever was announced, and
 * `bad-request` where its sender goes before all of it has come.
 */
export async function bytesOf(request: Request, limitBytes: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new AppError('too-large', `The body has more than ${limitBytes.toLocaleString('en-US')} bytes.`);
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  const next = () =>
    reader?.read().catch(() => {
      throw new AppError('bad-request', 'The body broke off.');
    });
  for (let read = await next(); read && !read.done; read = await next()) {
    size += read.value.length;
    if (size > limitBytes) {
      await reader?.cancel();
      throw tooLarge();
    }
    chunks.push(read.value);
  }
  return Buffer.concat(chunks);
}

/** The JSON in the bytes, as the schema has it: not JSON is 400, another shape 422. */
export function jsonOf<Schema extends z.ZodType>(bytes: Uint8Array, schema: Schema): z.infer<Schema> {
  let value: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (isTooDeep(text)) throw new AppError('bad-request', 'The body is nested too deeply.');
    value = JSON.parse(text);
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('bad-request', 'The body is not JSON in UTF-8.');
  }
  const defect = textDefect(value);
  if (defect) throw new AppError('invalid', `${defect}.`);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new AppError('invalid', issueOf(parsed.error));
  return parsed.data;
}

/** A parameter of the address, as the schema has it; else 400. */
export function queryOf<Schema extends z.ZodType>(request: Request, name: string, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(new URL(request.url).searchParams.get(name) ?? undefined);
  if (!parsed.success) throw new AppError('bad-request', `${name}: ${issueOf(parsed.error)}`);
  return parsed.data;
}

/** The request's JSON body, as the schema has it. */
export const body = async <Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  limitBytes = 65_536,
): Promise<z.infer<Schema>> => jsonOf(await bytesOf(request, limitBytes), schema);
