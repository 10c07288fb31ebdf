/** The label that most members give each row, ties to the smaller label. Lists of n labels, of one or more members. */
export function pluralityOf(members: readonly Int32Array[], classes: number): Int32Array {
  const [only] = members;
  if (!only) throw new RangeError('pluralityOf: no member');
  if (members.length === 1) return only;
  const votes = new Int32Array(classes);
  return only.map((_, row) => {
    votes.fill(0);
    for (const labels of members) votes[labels[row]!]!++;
    return votes.indexOf(Math.max(...votes));
  });
}
