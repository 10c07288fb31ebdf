/** Runs of one key together, in the order in which keys come up. */
export function groupsOf<Run>(runs: readonly Run[], keyOf: (run: Run) => string): [Run, ...Run[]][] {
  const groups = new Map<string, [Run, ...Run[]]>();
  for (const run of runs) {
    const group = groups.get(keyOf(run));
    if (group) group.push(run);
    else groups.set(keyOf(run), [run]);
  }
  return [...groups.values()];
}
