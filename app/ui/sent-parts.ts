type Part = { readonly html: string; users: number };

/**
 * HTML on its way into documents, by its digest. Next makes a page from two copies of this module, one for what runs on
 * the server alone and one for what runs in browsers too: they share the process.
 */
const shared = globalThis as { antidoteParts?: Map<string, Part> };
shared.antidoteParts ??= new Map();
const parts = shared.antidoteParts;

/** Keeps it for one document, until what it returns is called. */
export function keepPart(digest: string, html: string): () => void {
  const part = parts.get(digest) ?? { html, users: 0 };
  part.users++;
  parts.set(digest, part);
  return () => {
    if (--part.users === 0) parts.delete(digest);
  };
}

export const keptPart = (digest: string): string | undefined => parts.get(digest)?.html;
