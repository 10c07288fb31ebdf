/** What a scored trial of that kind of module says of its filtering. */
export function filterNumbers(kind: string, attacked: boolean) {
  const filters = kind === 'filter' || kind === 'control';
  return { filterRecall: filters && attacked ? 0.6 : null, filterFalsePositives: filters ? 0.05 : null };
}
