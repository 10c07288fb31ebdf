import 'server-only';
import { seasonSuiteId } from '../catalog/seasons.ts';
import type { Reference } from '../contract/report.ts';
import { hiddenDataset } from '../contract/season.ts';
import { learnReferences } from '../scoring/references.ts';
import { requireWholeSeason } from './seasons.ts';

const learned = new Set<string>();

/** Has scoring know the undefended numbers that a season's close made public. Before the close it does nothing. */
export async function learnSeason(name: string): Promise<void> {
  if (learned.has(name)) return;
  const { plan, commitment, disclosure } = await requireWholeSeason(name);
  if (!disclosure || !commitment) return;
  const suite = { id: seasonSuiteId(plan, name), digest: commitment };
  learnReferences(disclosure.references.map((reference) => asKnownHere(reference, suite)));
  learned.add(name);
}

/** The site's results name the data set as before the close. */
const asKnownHere = ({ clean, frontier, ...reference }: Reference, suite: Reference['suite']): Reference => ({
  ...reference,
  suite,
  clean: clean.map(hidden),
  frontier: frontier.map((shorter) => ({ ...shorter, clean: shorter.clean.map(hidden) })),
});

const hidden = (run: Reference['clean'][number]) => ({ ...run, dataset: hiddenDataset });
