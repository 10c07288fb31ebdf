import canonicalize from 'canonicalize';

const encoder = new TextEncoder();

/** RFC 8785 canonical JSON. Throws RangeError for a value JSON has no words for. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new RangeError('canonicalJson: the value is not JSON');
  return text;
}

/** `sha256:` and 64 hex digits, of bytes or of a text's UTF-8. Runs in browser, server and command line alike. */
export async function sha256(content: string | Uint8Array): Promise<`sha256:${string}`> {
  const bytes = typeof content === 'string' ? encoder.encode(content) : new Uint8Array(content);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256:${Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The digest of a JSON value's canonical form. */
export const digestOf = (value: unknown) => sha256(canonicalJson(value));
