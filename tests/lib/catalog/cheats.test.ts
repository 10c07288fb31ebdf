import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flagText } from '../../../app/ui/words.ts';
import { type Cheat, cheats, cheatsMeasured } from '../../../lib/catalog/cheats.ts';
import { type SecondCheat, secondCheats } from '../../../lib/catalog/cheats-2.ts';
import { hostileModules, hostilePrograms } from '../../../lib/catalog/hostile.ts';
import record from '../../../lib/catalog/jail-record.json' with { type: 'json' };
import { checkModule } from '../../../lib/contract/check.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);
const namesIn = (folder: string) => readdirSync(new URL(folder, fixtures)).map((file) => file.replace(/\.mjs$/, ''));
const firstLine = (path: string) => readFileSync(new URL(`${path}.mjs`, fixtures), 'utf8').split('\n', 1)[0]!;
const typeset = (text: string) => text.replaceAll("'", '’');

describe('the cheats', () => {
  const all: Record<string, { readonly kind: string }> = { ...secondCheats, ...cheats };

  it('in the tables are those in the folder', () => expect(Object.keys(all).sort()).toEqual(namesIn('cheats/').sort()));

  it.each(Object.entries(all))(
    '%s is a module of the kind that the table says, as a stranger would upload it',
    (id, { kind }) => {
      const text = readFileSync(new URL(`cheats/${id}.mjs`, fixtures), 'utf8');
      expect(checkModule(text)).toMatchObject({ ok: true, kind });
      expect(firstLine(`cheats/${id}`)).toMatch(new RegExp(`^// ${kind}: .+\\.$`));
    },
  );

  it.each(Object.entries<SecondCheat>(secondCheats))(
    '%s ends against the second rules as its numbers say, and where it is not stopped the table says why',
    (_, { ends, mean, gain, flags, because }) => {
      if (flags.includes('embeds-data') || flags.includes('collapsed')) expect(ends).toBe('flagged');
      if (ends === 'low') expect(mean).toBeLessThanOrEqual(0.1);
      if (ends === 'no gain') expect(gain).toBeLessThanOrEqual(0.05);
      expect(because !== undefined).toBe(ends === 'not stopped');
      expect(flags.filter((flag) => !(flag in flagText))).toEqual([]);
    },
  );

  it.each(Object.entries<Cheat>(cheats))(
    '%s: none is above DP-SGD without a flag or a season that stops it',
    (_, { verdict, flags, mean, season }) => {
      expect(mean <= cheatsMeasured.reference.mean).toBe(verdict === 'below');
      expect(verdict === 'below' || season !== undefined).toBe(true);
      expect(verdict !== 'flagged' || flags.includes('embeds-data')).toBe(true);
      expect(flags.filter((flag) => !(flag in flagText))).toEqual([]);
    },
  );
});

describe('what the jail is tried with', () => {
  it('in the tables is what is in the folders', () => {
    expect(Object.keys(hostileModules).sort()).toEqual(namesIn('hostile/modules/').sort());
    expect(Object.keys(hostilePrograms).sort()).toEqual(namesIn('hostile/programs/').sort());
  });

  it('was all run when the record says', () => {
    expect([record.modules, record.programs]).toEqual([Object.keys(hostileModules), Object.keys(hostilePrograms)]);
  });

  it.each(Object.entries(hostileModules))(
    '%s ends as the test of the jail expects of it',
    (id, { kind, tries, outcome }) =>
      expect(firstLine(`hostile/modules/${id}`)).toBe(`// ${kind} → ${outcome}: ${tries}.`),
  );

  it.each(Object.entries(hostilePrograms))('%s does what its file says', (id, { does }) =>
    expect(typeset(firstLine(`hostile/programs/${id}`))).toContain(does),
  );
});
