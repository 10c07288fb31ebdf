import { describe, expect, it } from 'vitest';
import { attackProfiles } from '../../../lib/catalog/attack-profiles.ts';
import { AttackId } from '../../../lib/contract/ids.ts';
import { attacks } from '../../../runner/craft/attacks/index.ts';

describe.each(AttackId.options)('the words for %s', (id) => {
  const { does, threatModel, measured, source } = attackProfiles[id];

  it('name the source that the attack itself names', () => expect(source).toEqual(attacks[id].source));

  it('say what it does in one sentence, and the rest in whole ones', () => {
    expect(does).toMatch(/^[A-Z][^.]+\.$/);
    for (const text of [threatModel, measured]) expect(text).toMatch(/^[A-Z].+\.$/);
  });
});
