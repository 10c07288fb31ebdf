import 'server-only';

const perLetter = 6.6;
const widthOf = (words: string) => Math.ceil(perLetter * words.length + 14);
const colors = { label: '#2a3035', value: '#0b655a', text: '#ffffff' };

/** A badge of two fields for a README. Letters have one width, so that no font has to be measured. */
export function badge(label: string, words: string): string {
  const [left, right] = [widthOf(label), widthOf(words)];
  const text = (x: number, content: string) => `<text x="${x}" y="14">${content}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${label}: ${words}"><rect width="${left}" height="20" fill="${colors.label}"/><rect x="${left}" width="${right}" height="20" fill="${colors.value}"/><g fill="${colors.text}" font-family="ui-monospace,monospace" font-size="11">${text(7, label)}${text(left + 7, words)}</g></svg>`;
}
