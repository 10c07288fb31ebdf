import { isDeepStrictEqual } from 'node:util';
import { everywhere, type RouteName, routeNamed } from './routes.ts';

/** Throws where the table of routes does not know the answer: its status, its media type, or a field of its body. */
export async function checkAnswer(name: RouteName, response: Response): Promise<void> {
  const known = { ...everywhere, ...routeNamed(name).answers }[response.status];
  if (!known) throw new Error(`${name} answers ${response.status}, which the table of routes does not know`);
  const [, content] = known;
  const type = response.headers.get('content-type') ?? '';
  if (content === null || typeof content === 'string') {
    if ((content === null) !== (response.body === null) && response.headers.get('content-length') === null)
      throw new Error(`${name} answers ${response.status} with another body than the table of routes has`);
    return;
  }
  if (!/^application\/(problem\+)?json/.test(type)) throw new Error(`${name} answers ${response.status} as ${type}`);
  const value: unknown = await response.clone().json();
  const parsed = content.safeParse(value);
  if (!parsed.success)
    throw new Error(`${name} answers ${response.status} with another body than the table has: ${parsed.error.message}`);
  if (!isDeepStrictEqual(parsed.data, value))
    throw new Error(`${name} answers ${response.status} with fields that the table of routes does not know`);
}
