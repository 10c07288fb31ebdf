/**
 * Those that are printed as the first of these is, the first among them: what reads alike can't be told as the one
 * that comes first. They come in order.
 */
export function printedFirst<Item>(inOrder: readonly Item[], print: (item: Item) => string): Item[] {
  const [first] = inOrder;
  return first === undefined ? [] : inOrder.filter((item) => print(item) === print(first));
}
