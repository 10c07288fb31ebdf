import 'server-only';
import { seasonSuiteId } from '../catalog/seasons.ts';
import type { Reference } from '../contract/report.ts';
import { hiddenDataset } from '../contract/season.ts';
import { learnReferences } from '../scoring/references.ts';
import { referencesShown, requireWholeSeason } from './seasons.ts';

const learned = new Set<string>();

/** Has scoring know a season's undefended numbers, once they are public: at the close, or at the opening. */
export async function learnSeason(name: string): Promise<void> {
  if (learned.has(name)) return;
  const { plan, commitment, disclosure } = await requireWholeSeason(name);
  const references = disclosure?.references ?? (await referencesShown(name));
  if (!references || !commitment) return;
  const suite = { id: seasonSuiteId(plan, name), digest: commitment };
  learnReferences(references.map((reference) => asKnownHere(reference, suite)));
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
