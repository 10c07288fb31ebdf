/** As many whole characters of a text as fit into so many bytes of UTF-8. */
export function firstBytes(text: string, bytes: number): string {
  const whole = Buffer.from(text);
  if (whole.length <= bytes) return text;
  return whole
    .subarray(0, Math.max(0, bytes))
    .toString()
    .replace(/\uFFFD+$/, '');
}
