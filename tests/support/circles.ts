/** Who points to whom. A name that is no key points to nothing. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * One shortest circle of each strongly connected component, as `a → b → a`. None where the graph has no circle. The
 * components are found by Tarjan's algorithm, 1972, https://doi.org/10.1137/0201010
 */
export function circlesIn(graph: Graph): string[] {
  return componentsOf(graph).flatMap((component) => shortestCircle(graph, component) ?? []);
}

function componentsOf(graph: Graph): Set<string>[] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const components: Set<string>[] = [];
  const visit = (node: string) => {
    const own = order.size;
    order.set(node, own);
    lowest.set(node, own);
    open.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!graph.has(next)) continue;
      if (!order.has(next)) visit(next);
      if (open.includes(next)) lowest.set(node, Math.min(lowest.get(node)!, lowest.get(next)!));
    }
    if (lowest.get(node) === own) components.push(new Set(open.splice(open.indexOf(node))));
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return components;
}

/** From the component's first node and back to it. Null where the component is one node that does not name itself. */
function shortestCircle(graph: Graph, component: ReadonlySet<string>): string | null {
  const [first] = [...component].sort();
  const paths = [[first!]];
  const seen = new Set<string>();
  for (const path of paths)
    for (const next of graph.get(path.at(-1)!) ?? []) {
      if (next === first) return [...path, next].join(' → ');
      if (!component.has(next) || seen.has(next)) continue;
      seen.add(next);
      paths.push([...path, next]);
    }
  return null;
}
