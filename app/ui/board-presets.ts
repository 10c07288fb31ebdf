import type { Suite } from '@/lib/contract/suite.ts';
import { type View, viewOf } from './board-view.ts';

type Preset = { readonly name: string; readonly about: string; readonly changes: Partial<View> };

/** Views that somebody often wants. Each is an address like any other. */
const presets: readonly Preset[] = [
  {
    name: 'Reviewer',
    about: 'what speaks against a row: gain, assumptions, engine',
    changes: {
      columns: ['places', 'mean', 'worst', 'gain', 'utility', 'assumes', 'engine', 'submitted'],
      detail: 'families',
    },
  },
  {
    name: 'Practitioner',
    about: 'what needs no knowledge of the attack, and what it costs',
    changes: {
      columns: ['mean', 'worst', 'utility', 'cost', 'language'],
      track: 'nothing',
      flags: 'none',
      detail: 'families',
    },
  },
  { name: 'Attack by attack', about: 'every scenario', changes: { columns: ['mean', 'worst'], detail: 'scenarios' } },
];

export const presetViews = (suite: Suite): { name: string; about: string; view: View }[] =>
  [{ name: 'Usual', about: 'all entries', changes: {} }, ...presets].map(({ name, about, changes }) => ({
    name,
    about,
    view: { ...viewOf(suite, {}), ...changes },
  }));
