import { extractInfoFromServerReferenceId } from 'next/dist/shared/lib/server-reference-info';

/** The names that React gives to the parts of a form that calls an action without JavaScript. */
const [byReference, byId] = ['$ACTION_REF_', '$ACTION_ID_'];

/** As deep as the state of a form of ours may lie. */
const deepest = 8;

/**
 * Whether a form is sent to a page as one of our own is. `called`: the action that the header Next-Action names, or
 * null without JavaScript, where the form itself names it. Our actions take the form last, after its state where it has
 * one. React answers other calls with 500.
 */
export function isCallOfOurs(called: string | null, form: FormData): boolean {
  try {
    if (called !== null) return isCall(called, argumentsIn(form.get('0')), (last) => /^\$K[0-9a-f]{1,4}$/.test(last));
    const names = [...form.keys()].filter((name) => name.startsWith(byReference) || name.startsWith(byId));
    const [name] = names;
    if (name === undefined) return true;
    if (names.length > 1) return false;
    if (name.startsWith(byId)) return isCall(name.slice(byId.length), ['form'], () => true);
    const number = name.slice(byReference.length);
    const { id, bound } = JSON.parse(textOf(form.get(`$ACTION_${number}:0`)));
    return bound === '$@1' && isCall(id, [...argumentsIn(form.get(`$ACTION_${number}:1`)), 'form'], () => true);
  } catch {
    return false;
  }
}

/** A call without arguments, as a browser's program sends it for an action that uses none. */
export const isEmptyCall = (called: string, body: string): boolean => body === '[]' && lastUsed(called) === -1;

/** `isForm`: of the last argument, in React's notation. */
function isCall(id: unknown, args: readonly unknown[], isForm: (last: string) => boolean): boolean {
  const [last, before] = [args.at(-1), args.slice(0, -1)];
  return typeof last === 'string' && isForm(last) && before.every((one) => isPlain(one)) && takes(id, args.length);
}

/**
 * The action takes so many arguments. One that uses none is given its form; an id that is none is for Next to refuse.
 */
function takes(id: unknown, count: number): boolean {
  const used = lastUsed(id);
  return used === null || count - 1 === Math.max(used, 0);
}

/** The place of the last argument that an action uses, by its id; −1 for none, null where it is no id. */
const lastUsed = (id: unknown): number | null =>
  typeof id === 'string' && /^[0-9a-f]{42}$/.test(id)
    ? extractInfoFromServerReferenceId(id).usedArgs.lastIndexOf(true)
    : null;

/** Data without a reference to anything. In React's notation a text that begins with $ begins with two of them. */
function isPlain(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return !value.startsWith('$') || value.startsWith('$$') || value === '$undefined';
  if (typeof value !== 'object' || value === null) return true;
  if (depth === deepest || Object.hasOwn(value, '__proto__')) return false;
  return Object.values(value).every((one) => isPlain(one, depth + 1));
}

function argumentsIn(part: FormDataEntryValue | null): unknown[] {
  const args: unknown = JSON.parse(textOf(part));
  if (!Array.isArray(args)) throw new TypeError('no arguments');
  return args;
}

function textOf(part: FormDataEntryValue | null): string {
  if (typeof part !== 'string') throw new TypeError('no text');
  return part;
}
