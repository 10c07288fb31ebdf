/** Whether the header (If-None-Match) names this tag; weak comparison, as RFC 9110, section 13.1.2 has it. */
export function namesTag(header: string | null, etag: string): boolean {
  if (header === null) return false;
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return header.trim() === '*' || header.split(',').some((tag) => bare(tag) === bare(etag));
}
