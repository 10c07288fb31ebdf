import { z } from 'zod';
import { canonicalJson } from './canonical.ts';
import { base64, fromBase64, sign, verify } from './ed25519.ts';
import { JobResult } from './result.ts';

/**
 * DSSE, https://github.com/secure-systems-lab/dsse: the signature covers the payload's type and its very bytes, so
 * nothing need be parsed to check it.
 */
const payloadType = 'application/vnd.antidote.result+json';

const Base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, 'want base64');

export const ResultEnvelope = z.strictObject({
  payloadType: z.literal(payloadType),
  payload: Base64,
  signatures: z.array(z.strictObject({ keyid: z.string().max(64), sig: Base64.length(88) })).length(1),
});
export type ResultEnvelope = z.infer<typeof ResultEnvelope>;

/** The result's canonical JSON, signed by the runner's key. Throws where the result is not what the schema wants. */
export async function sealResult(result: JobResult, key: { id: string; privateKey: string }): Promise<ResultEnvelope> {
  const payload = payloadOf(JobResult.parse(result));
  return enveloped(payload, key.id, base64(await sign(key.privateKey, preAuthentication(payload))));
}

/** The envelope around what was signed before, given as JSON. */
export const resealed = (signed: unknown, keyid: string, sig: string): ResultEnvelope =>
  enveloped(payloadOf(signed), keyid, sig);

const payloadOf = (value: unknown) => new TextEncoder().encode(canonicalJson(value));
const enveloped = (payload: Uint8Array, keyid: string, sig: string): ResultEnvelope => ({
  payloadType,
  payload: base64(payload),
  signatures: [{ keyid, sig }],
});

/**
 * What was sealed, if the key is the sealing one; null for a wrong signature. The value inside is JSON, and not yet
 * checked.
 */
export async function openResult(
  envelope: ResultEnvelope,
  key: { id: string; publicKey: string },
): Promise<{ value: unknown } | null> {
  const [signature] = envelope.signatures;
  const payload = fromBase64(envelope.payload);
  if (
    signature?.keyid !== key.id ||
    !(await verify(key.publicKey, preAuthentication(payload), fromBase64(signature.sig)))
  )
    return null;
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) };
  } catch {
    return { value: undefined };
  }
}

function preAuthentication(payload: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `);
  const all = new Uint8Array(head.length + payload.length);
  all.set(head);
  all.set(payload, head.length);
  return all;
}
