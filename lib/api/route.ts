import { env } from '../env.ts';
import { guarded, type Handler } from '../http.ts';
import { checkAnswer } from './check-answer.ts';
import type { RouteName } from './routes.ts';

/** The parameters in a route's path, as Next hands them on. */
type ParamsOf<Name extends string> = Name extends `${string}{${infer Param}}${infer Rest}`
  ? (Param extends `${infer Many}*` ? Record<Many, string[]> : Record<Param, string>) & ParamsOf<Rest>
  : unknown;

/** The handler of a route in the table of routes (lib/api/routes.ts). In tests its answers are held to the table. */
export function route<Name extends RouteName>(name: Name, handler: Handler<ParamsOf<Name>>): Handler<ParamsOf<Name>> {
  const handle = guarded(handler);
  return async (request, context) => {
    const response = await handle(request, context);
    if (env().NODE_ENV === 'test') await checkAnswer(name, response);
    return response;
  };
}
