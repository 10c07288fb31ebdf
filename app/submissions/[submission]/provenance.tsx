import { Section } from '@/app/ui/page-head.tsx';
import { engineText } from '@/lib/contract/engine-text.ts';
import type { EvaluationView } from '@/lib/db/evaluation-view.ts';
import type { SubmissionView } from '@/lib/db/submission-view.ts';

function jailOf({ jailed, jails }: Pick<EvaluationView, 'jailed' | 'jails'>): string | null {
  if (jailed === null) return null;
  return jailed ? jails.join(', ') || 'yes' : 'no: the harness’s own code, on a machine without one';
}

/** All that decides the numbers, by digest. */
export function Provenance({ about }: { about: SubmissionView }) {
  const { evaluation } = about;
  const engine = evaluation?.engineDetail;
  const facts: [string, string | null | undefined][] = [
    ['Module', about.module.sha256],
    ['Suite', evaluation && `${evaluation.suite}  ${evaluation.suiteDigest}`],
    ['Harness', evaluation?.harnessDigest],
    [
      'Engine',
      engine
        ? `${engineText(engine)}, ${engine.threads} ${engine.threads === 1 ? 'thread' : 'threads'}`
        : evaluation?.engine,
    ],
    ['Reference', about.reference?.engine],
    ['Jail', evaluation && jailOf(evaluation)],
    ['Evaluation', evaluation?.id],
    [
      'Snapshot',
      evaluation?.snapshotAt &&
        `computed ${evaluation.snapshotAt.slice(0, 10)} on another machine, signed by its runner, delivered with the software`,
    ],
  ];
  return (
    <Section title="Provenance">
      <dl className="grid grid-cols-[auto_1fr] gap-x-8 gap-y-1.5 text-sm">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name} className="contents">
                <dt className="text-soft">{name}</dt>
                <dd className="font-mono text-xs leading-6 wrap-anywhere">{value}</dd>
              </div>
            ),
        )}
      </dl>
      <p className="mt-3 text-sm">
        <a className="link" href={`/api/v1/submissions/${about.id}`}>
          Everything on this page as JSON
        </a>
      </p>
    </Section>
  );
}
