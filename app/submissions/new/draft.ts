import type { Card } from '@/lib/contract/card.ts';
import type { LanguageId } from '@/lib/contract/runtime.ts';

/** What was typed, as it was typed. */
export type Draft = {
  name: string;
  suite: string;
  code: string;
  language: LanguageId;
  /** The submission that it is a new version of; empty for a new entry. */
  replaces: string;
  /** The day until which nobody is told whose it is; empty where it is told at once. */
  anonymousUntil: string;
  description: string;
  authors: string;
  license: string;
  paper: string;
  epsilon: string;
  delta: string;
  assumes: string[];
};

/** What the form begins with: for a new version, what the one before said. */
export function draftFrom(
  about: Pick<Draft, 'name' | 'suite' | 'code' | 'language' | 'replaces' | 'anonymousUntil'>,
  { description, authors, license, paper = '', claims, ...card }: Card,
): Draft {
  return {
    ...about,
    description,
    authors: authors.map(({ name, orcid }) => (orcid ? `${name}, ${orcid}` : name)).join('\n'),
    license,
    paper,
    epsilon: claims ? String(claims.epsilon) : '',
    delta: claims ? String(claims.delta) : '',
    assumes: (['needsCleanData', 'needsPoisonRate', 'deterministic'] as const).filter((name) => card[name]),
  };
}
