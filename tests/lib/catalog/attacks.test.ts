import { describe, expect, it } from 'vitest';
import { AttackId, attackNamed, attackOf } from '../../../lib/catalog/attacks/index.ts';

describe.each(AttackId.options)('the words for %s', (id) => {
  const { does, threatModel, measured } = attackNamed(id);

  it('say what it does in one sentence, and the rest in whole ones', () => {
    expect(does).toMatch(/^[A-Z][^.]+\.$/);
    for (const text of [threatModel, measured]) expect(text).toMatch(/^[A-Z].+\.$/);
  });
});

describe('an attack that a suite names', () => {
  const own = { family: 'backdoor', aim: 'triggered', budget: 'rate' } as const;

  it('is one of its own before one of the list', () => {
    expect(attackOf({ attacks: { badnets: own } }, 'badnets')).toBe(own);
    expect(attackOf({}, 'badnets')).toBe(attackNamed('badnets'));
  });

  it('that nobody knows is refused with the known names', () => {
    expect(() => attackOf({}, 'badnet')).toThrow(/no attack 'badnet'; known: label-flip, .*badnets/);
    expect(() => attackOf({}, 'toString')).toThrow(RangeError);
  });
});
