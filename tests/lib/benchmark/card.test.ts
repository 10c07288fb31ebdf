import { expect, it } from 'vitest';
import { Card, trackOf } from '../../../lib/benchmark/card.ts';
import { privacyClaimOf } from '../../../lib/benchmark/claim.ts';

it('a card that says nothing assumes nothing; of two assumptions the stronger names the track', () => {
  expect(trackOf(Card.parse({}))).toBe('nothing');
  expect(trackOf(Card.parse({ needsPoisonRate: true }))).toBe('poison-rate');
  expect(trackOf(Card.parse({ needsCleanData: true }))).toBe('clean-data');
  expect(trackOf(Card.parse({ needsCleanData: true, needsPoisonRate: true }))).toBe('clean-data');
});

it('ε is verified of the harness’s own module to the byte, claimed of any other, and not there where nothing is claimed', () => {
  const [own, other] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];
  const card = Card.parse({ claims: { epsilon: 2, delta: 1e-5 } });
  expect(privacyClaimOf(card, own!, [own!])).toEqual({ epsilon: 2, delta: 1e-5, standing: 'verified' });
  expect(privacyClaimOf(card, other!, [own!])!.standing).toBe('claimed');
  expect(privacyClaimOf(Card.parse({}), own!, [own!])).toBeNull();
});
