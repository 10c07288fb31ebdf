import type { Metadata } from 'next';
import { PageHead, Section } from '@/app/ui/page-head.tsx';
import { familyName } from '@/app/ui/words.ts';
import { AttackId } from '@/lib/catalog/attacks/index.ts';
import { suites } from '@/lib/catalog/suites/index.ts';
import { AttackEntry } from './attack-entry.tsx';
import { firstExamples } from './examples.ts';
import { type Occurrence, occurrencesOf } from './occurrences.ts';

/** The pictures are of the newest suite that has the attack. */
const newestFirst = [...suites].reverse();

export const metadata: Metadata = {
  title: 'The attacks',
  description: 'What each attack does to the training set, where it comes from, and what it costs.',
};

export default async function AttacksPage() {
  const known = AttackId.options
    .map((id) => ({ id, occurrences: occurrencesOf(id, suites) }))
    .filter(({ occurrences }) => occurrences.length > 0)
    .sort((a, b) => Number(isControl(a)) - Number(isControl(b)));
  const attacks = await Promise.all(
    known.map(async (attack) => ({ ...attack, shown: await firstExamples(occurrencesOf(attack.id, newestFirst)) })),
  );
  const families = [...new Set(suites.flatMap(({ scenarios }) => scenarios.map(({ family }) => family)))];
  return (
    <div className="wide">
      <PageHead title="The attacks">
        <p>
          What each attack does to the training set, and what it does to a model that nothing defends. The pictures are
          rows of the published suites, before jitter.
        </p>
      </PageHead>
      {families.map((family) => {
        const members = attacks.filter(({ occurrences }) => occurrences[0]!.scenario.family === family);
        return (
          <Section
            key={family}
            title={familyName[family]}
            aside={members.length === 1 ? '1 attack' : `${members.length} attacks`}
          >
            <ul className="-mt-4">
              {members.map(({ id, occurrences, shown }) => (
                <AttackEntry key={id} id={id} occurrences={occurrences} examples={shown?.examples ?? null} />
              ))}
            </ul>
          </Section>
        );
      })}
    </div>
  );
}

const isControl = ({ occurrences }: { occurrences: readonly Occurrence[] }) =>
  occurrences.every(({ scenario }) => scenario.control);
