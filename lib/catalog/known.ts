/** The thing of that name in a list. Throws RangeError with the known names. */
export function known<Thing>(kind: string, list: Readonly<Record<string, Thing>>, id: string): Thing {
  if (!Object.hasOwn(list, id))
    throw new RangeError(`there is no ${kind} '${id}'; known: ${Object.keys(list).join(', ')}`);
  return list[id]!;
}
