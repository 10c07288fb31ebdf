import { describe, expect, it } from 'vitest';
import { privacyClaimOf, rowsOfSuite } from '../../../lib/catalog/claim.ts';
import { smoke1 } from '../../../lib/catalog/suites/smoke-1.ts';
import { smoke2 } from '../../../lib/catalog/suites/smoke-2.ts';
import { Card, trackOf } from '../../../lib/contract/card.ts';

it('a card that says nothing assumes nothing; of two assumptions the stronger names the track', () => {
  expect(trackOf(Card.parse({}))).toBe('nothing');
  expect(trackOf(Card.parse({ needsPoisonRate: true }))).toBe('poison-rate');
  expect(trackOf(Card.parse({ needsCleanData: true }))).toBe('clean-data');
  expect(trackOf(Card.parse({ needsCleanData: true, needsPoisonRate: true }))).toBe('clean-data');
});

describe('ε', () => {
  const card = Card.parse({ claims: { epsilon: 0.001, delta: 1e-9 } });
  it('is verified of the harness’s own module, and then what the accountants say, not what the card of whoever submits it does', () =>
    expect(privacyClaimOf(card, 'dp-sgd', 60_000)).toMatchObject({
      epsilon: 7.9,
      delta: 1e-5,
      standing: 'verified',
      account: { noiseMultiplier: 0.5 },
      bound: { rows: 60_000, prv: 6.47 },
    }));
  it('is larger on the fewer rows of a drawn suite, and not verified where it was not computed', () => {
    expect(privacyClaimOf(card, 'dp-sgd', rowsOfSuite(smoke2))).toMatchObject({ epsilon: 12.15, standing: 'verified' });
    expect(privacyClaimOf(card, 'dp-sgd-k3', rowsOfSuite(smoke1))?.standing).toBe('claimed');
    expect(privacyClaimOf(card, 'dp-sgd', null)?.standing).toBe('claimed');
  });
  it('is claimed of any other, our own that are not private among them', () => {
    expect(privacyClaimOf(card, null, 60_000)).toEqual({
      epsilon: 0.001,
      delta: 1e-9,
      standing: 'claimed',
      account: null,
    });
    expect(privacyClaimOf(card, 'clip-only', 60_000)?.standing).toBe('claimed');
  });
  it('is not there where nothing is claimed', () => expect(privacyClaimOf(Card.parse({}), null, 60_000)).toBeNull());
});
