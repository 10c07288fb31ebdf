import { base64, base64url, fromBase64, sign, verify } from './ed25519.ts';

/**
 * HTTP Message Signatures (RFC 9421, Ed25519) as runners use them. A signature covers the method, the whole target URI
 * and the digest of the body (RFC 9530; an empty body has one too). Where a call is about an attempt, it covers the
 * lease token's header as well. This list is fixed, so that nothing can be left out.
 */

export const leaseHeader = 'antidote-lease';
/** How far the signing clock may be from the verifying one, either way. */
export const signatureSeconds = 300;

const label = 'antidote';
const encoder = new TextEncoder();

type Parts = { method: string; url: string; digest: string; lease: string | null };
type Parameters = { created: number; nonce: string; keyId: string };

/** The headers that sign this request: `content-digest`, `signature-input`, `signature`, and the lease token's own. */
export async function signRequest(
  request: { method: string; url: string; body?: Uint8Array; lease?: string },
  key: { id: string; privateKey: string },
  now = new Date(),
): Promise<Record<string, string>> {
  const digest = await contentDigest(request.body ?? new Uint8Array());
  const parts = { method: request.method.toUpperCase(), url: request.url, digest, lease: request.lease ?? null };
  const nonce = base64url(crypto.getRandomValues(new Uint8Array(18)));
  const input = signatureInput(parts, { created: Math.floor(now.getTime() / 1000), nonce, keyId: key.id });
  const signature = await sign(key.privateKey, signatureBase(parts, input));
  return {
    'content-digest': digest,
    'signature-input': `${label}=${input}`,
    signature: `${label}=:${base64(signature)}:`,
    ...(request.lease && { [leaseHeader]: request.lease }),
  };
}

export type SignatureProblem =
  | 'unsigned'
  | 'malformed'
  | 'expired'
  | 'wrong-digest'
  | 'unknown-key'
  | 'wrong-signature';
export type Verified = { ok: true; keyId: string; nonce: string } | { ok: false; problem: SignatureProblem };

/**
 * Whether the request was signed by the key that it names, within five minutes of `now`, for one of the `urls` that
 * this server answers to. `body` is read last, and only of a request whose head was signed: a stranger's is not kept in
 * memory. The nonce is handed back: that it counts once is for the caller to see to.
 */
export async function verifyRequest(
  request: { method: string; urls: readonly string[]; headers: Headers; body: () => Promise<Uint8Array> },
  publicKeyOf: (keyId: string) => Promise<string | null>,
  now = new Date(),
): Promise<Verified> {
  const input = request.headers.get('signature-input');
  const signature = request.headers.get('signature')?.match(/^antidote=:([A-Za-z0-9+/]{86}==):$/)?.[1];
  if (!input || !signature) return { ok: false, problem: 'unsigned' };
  const parameters = parametersOf(input);
  if (!parameters) return { ok: false, problem: 'malformed' };
  if (Math.abs(now.getTime() / 1000 - parameters.created) > signatureSeconds) return { ok: false, problem: 'expired' };
  const digest = request.headers.get('content-digest') ?? '';
  const publicKey = await publicKeyOf(parameters.keyId);
  if (!publicKey) return { ok: false, problem: 'unknown-key' };
  for (const url of request.urls) {
    const parts = { method: request.method.toUpperCase(), url, digest, lease: request.headers.get(leaseHeader) };
    const asSigned = signatureInput(parts, parameters);
    if (input !== `${label}=${asSigned}`) return { ok: false, problem: 'malformed' }; // covers less, or more, than it must
    if (!(await verify(publicKey, signatureBase(parts, asSigned), fromBase64(signature)))) continue;
    if ((await contentDigest(await request.body())) !== digest) return { ok: false, problem: 'wrong-digest' };
    return { ok: true, keyId: parameters.keyId, nonce: parameters.nonce };
  }
  return { ok: false, problem: 'wrong-signature' };
}

async function contentDigest(body: Uint8Array): Promise<string> {
  return `sha-256=:${base64(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(body))))}:`;
}

/** RFC 9421, section 2.3: the covered components and the parameters, in one fixed order. */
function signatureInput(parts: Parts, { created, nonce, keyId }: Parameters): string {
  const covered = ['@method', '@target-uri', 'content-digest', ...(parts.lease === null ? [] : [leaseHeader])];
  return `(${covered.map((name) => `"${name}"`).join(' ')});created=${created};nonce="${nonce}";keyid="${keyId}";alg="ed25519"`;
}

/** RFC 9421, section 2.5. */
function signatureBase(parts: Parts, input: string): Uint8Array {
  const lines = [`"@method": ${parts.method}`, `"@target-uri": ${parts.url}`, `"content-digest": ${parts.digest}`];
  if (parts.lease !== null) lines.push(`"${leaseHeader}": ${parts.lease}`);
  return encoder.encode([...lines, `"@signature-params": ${input}`].join('\n'));
}

function parametersOf(input: string): Parameters | null {
  const match = input.match(
    /;created=(\d{1,12});nonce="([A-Za-z0-9_-]{16,64})";keyid="([A-Za-z0-9_-]{1,64})";alg="ed25519"$/,
  );
  return match && { created: Number(match[1]), nonce: match[2]!, keyId: match[3]! };
}
