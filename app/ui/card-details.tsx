import type { Card } from '@/lib/contract/card.ts';
import { Section } from './page-head.tsx';

/** What the authors say about their defense. `vouched`: the ORCID iD of the one who submitted it, signed in with it. */
export function CardDetails({ card, vouched }: { card: Card; vouched: string | null }) {
  const { description, authors, license, paper, needsCleanData, needsPoisonRate, deterministic } = card;
  const assumed = [needsCleanData && 'clean data at hand', needsPoisonRate && 'the poison rate known']
    .filter(Boolean)
    .join(', ');
  return (
    <Section title="Card" aside="as its authors declare it">
      {description && <p className="mb-4 max-w-3xl whitespace-pre-line wrap-anywhere">{description}</p>}
      <dl className="grid grid-cols-[auto_1fr] gap-x-8 gap-y-1.5 text-sm *:odd:text-soft *:even:wrap-anywhere">
        {authors.length > 0 && (
          <>
            <dt>Authors</dt>
            <dd>
              {authors.map(({ name, orcid }, place) => (
                <span key={`${name} ${orcid ?? place}`}>
                  {place > 0 && ', '}
                  {orcid ? (
                    <a className="link" href={`https://orcid.org/${orcid}`} rel="nofollow ugc">
                      {name}
                    </a>
                  ) : (
                    name
                  )}
                  {orcid !== undefined && orcid === vouched && (
                    <span className="text-soft"> (submitted it, signed in with this ORCID iD)</span>
                  )}
                </span>
              ))}
            </dd>
          </>
        )}
        {paper && (
          <>
            <dt>Paper</dt>
            <dd>
              <a className="link" href={paper} rel="nofollow ugc">
                {paper}
              </a>
            </dd>
          </>
        )}
        <dt>License</dt>
        <dd>{license}</dd>
        <dt>Assumes</dt>
        <dd>{assumed || 'nothing'}</dd>
        <dt>Deterministic</dt>
        <dd>{deterministic ? 'yes, given the trial’s seed' : 'no'}</dd>
      </dl>
    </Section>
  );
}
