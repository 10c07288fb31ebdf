/** What a stranger's file says of itself, as a sentence may quote it: at most 60 characters, no control characters. */
export function quoted(text: string): string {
  const cut = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return cut.replace(/[^\P{C}]|[\u2028\u2029]/gu, '?');
}
