import { Code } from '@/app/ui/code.tsx';
import { Section } from '@/app/ui/page-head.tsx';
import type { EvaluationView } from '@/lib/db/evaluation-view.ts';
import type { SubmissionView } from '@/lib/db/submission-view.ts';
import { siteOrigin } from '@/lib/site-origin.ts';
import { bibtex } from './bibtex.ts';

/** BibTeX and a badge. */
export function Cite({ about, evaluation }: { about: SubmissionView; evaluation: EvaluationView }) {
  const origin = siteOrigin();
  const badge = `/api/v1/submissions/${about.id}/badge.svg?suite=${about.suite}`;
  const page = `${origin}/submissions/${about.id}?suite=${about.suite}`;
  return (
    <Section id="cite" title="Cite it">
      <Code label="BibTeX entry of this submission">{bibtex(about, evaluation, origin)}</Code>
      <p className="mt-4 mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        A badge for a README, in Markdown:
        {/* biome-ignore lint/performance/noImgElement: next/image writes an inline style, which the pages' policy forbids */}
        <img src={badge} alt={`Badge of ${about.suite}`} height={20} className="h-5" />
      </p>
      <Code label="The badge in Markdown">{`[![Antidote](${origin}${badge})](${page})`}</Code>
    </Section>
  );
}
