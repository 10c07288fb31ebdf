import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { suiteNamed } from '../../../lib/catalog/suites/index.ts';
import { openResult, ResultEnvelope, sealResult } from '../../../lib/contract/dsse.ts';
import { newKeyPair } from '../../../lib/contract/ed25519.ts';
import type { JobResult } from '../../../lib/contract/result.ts';
import { failedTrial } from '../../../lib/contract/result.ts';
import { specOf, trialsOf } from '../../../lib/contract/suite.ts';

const suite = suiteNamed('smoke-1');
const digest = `sha256:${'a'.repeat(64)}` as const;
const result: JobResult = {
  format: 'antidote-result-1',
  job: '00000000-0000-4000-8000-000000000000',
  attempt: 1,
  suite: { id: suite.id, digest: suite.digest },
  module: { sha256: digest, bytes: 1, kind: 'filter' },
  harness: { version: '0', digest },
  engine: { backend: 'wasm', version: '4', threads: 1, cpu: 'é', gpu: null },
  jailed: true,
  trials: trialsOf(suite, [0]).map((trial) =>
    failedTrial(
      specOf(suite, trial),
      { reason: 'threw', detail: 'It threw.' },
      { seconds: 1, undefendedSeconds: 1, peakBytes: null },
    ),
  ),
};

describe('a sealed result', () => {
  it('opens to the same value with the sealing key', async () => {
    const keys = await newKeyPair();
    const envelope = ResultEnvelope.parse(await sealResult(result, { id: 'r', privateKey: keys.privateKey }));
    expect(await openResult(envelope, { id: 'r', publicKey: keys.publicKey })).toEqual({ value: result });
  });

  it('does not open with another key, another key’s name, or a changed payload', async () => {
    const keys = await newKeyPair();
    const envelope = await sealResult(result, { id: 'r', privateKey: keys.privateKey });
    expect(await openResult(envelope, { id: 'r', publicKey: (await newKeyPair()).publicKey })).toBeNull();
    expect(await openResult(envelope, { id: 's', publicKey: keys.publicKey })).toBeNull();
    const changed = {
      ...envelope,
      payload: Buffer.from(Buffer.from(envelope.payload, 'base64').toString().replace('"threw"', '"scored"')).toString(
        'base64',
      ),
    };
    expect(await openResult(changed, { id: 'r', publicKey: keys.publicKey })).toBeNull();
  });

  it('is DSSE: the signature is over "DSSEv1", the lengths, the type and the payload', async () => {
    const keys = await newKeyPair();
    const { payload, payloadType, signatures } = await sealResult(result, { id: 'r', privateKey: keys.privateKey });
    const bytes = Buffer.from(payload, 'base64');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: keys.publicKey }, format: 'jwk' });
    const message = Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${bytes.length} `), bytes]);
    expect(verify(null, message, key, Buffer.from(signatures[0]!.sig, 'base64'))).toBe(true);
  });

  it('cannot be made of a number that is none', async () => {
    const keys = await newKeyPair();
    const [first, ...rest] = result.trials;
    const broken = { ...result, trials: [{ ...first!, seconds: Number.NaN }, ...rest] };
    await expect(sealResult(broken, { id: 'r', privateKey: keys.privateKey })).rejects.toThrow();
  });
});
