import type { EvaluationView } from '@/lib/db/evaluation-view.ts';
import type { SubmissionView } from '@/lib/db/submission-view.ts';

/** What TeX would take for a command is written out or left out. */
const plain = (text: string) => text.replace(/[{}\\~^"]/g, '').replace(/[&%$#_]/g, '\\$&');

/** An entry that names the suite by its digest: numbers of another suite are other numbers. */
export function bibtex(
  {
    id,
    name,
    author,
    anonymousUntil,
    card,
    createdAt,
  }: Pick<SubmissionView, 'id' | 'name' | 'author' | 'anonymousUntil' | 'card' | 'createdAt'>,
  { suite, suiteDigest }: Pick<EvaluationView, 'suite' | 'suiteDigest'>,
  origin: string,
): string {
  const authors = anonymousUntil
    ? ['Anonymous']
    : card.authors.length > 0
      ? card.authors.map((one) => one.name)
      : [author];
  return `@misc{antidote-${id.slice(0, 8)},
  title        = {${plain(name)}},
  author       = {${authors.map((one) => `{${plain(one)}}`).join(' and ')}},
  year         = {${createdAt.slice(0, 4)}},
  howpublished = {Antidote, suite ${suite}},
  note         = {Suite digest ${suiteDigest}},
  url          = {${origin}/submissions/${id}?suite=${suite}}
}`;
}
