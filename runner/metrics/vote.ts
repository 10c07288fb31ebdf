/** The label that most members give each row, ties to the smaller label. Lists of n labels, of one or more members. */
export function pluralityOf(members: readonly Int32Array[], classes: number): Int32Array {
  const [only] = members;
  if (!only) throw new RangeError('pluralityOf: no member');
  if (members.length === 1) return only;
  const votes = votesOf(members, classes);
  return only.map((_, row) => {
    const own = votes.subarray(row * classes, (row + 1) * classes);
    return own.indexOf(Math.max(...own));
  });
}

/** How many members give each row each label, [n, classes]. */
export function votesOf(members: readonly Int32Array[], classes: number): Int32Array {
  const votes = new Int32Array((members[0]?.length ?? 0) * classes);
  for (const labels of members) for (const [row, label] of labels.entries()) votes[row * classes + label]!++;
  return votes;
}
