import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { SubmissionSeasons } from '@/app/seasons/submission-seasons.tsx';
import { CardDetails } from '@/app/ui/card-details.tsx';
import { Code } from '@/app/ui/code.tsx';
import { PageHead, Section } from '@/app/ui/page-head.tsx';
import { Refresh } from '@/app/ui/refresh.tsx';
import { StateTag, Tag } from '@/app/ui/tag.tsx';
import { When } from '@/app/ui/when.tsx';
import { baselineRole, flagText, kindText, runtimeText } from '@/app/ui/words.ts';
import { currentViewer } from '@/lib/auth.ts';
import { findSuite } from '@/lib/catalog/suites/index.ts';
import { baselineCurve } from '@/lib/db/budget-curves.ts';
import { checksOfEvaluation } from '@/lib/db/checks.ts';
import { codeOf, logsOf } from '@/lib/db/code-and-logs.ts';
import { reportOn } from '@/lib/db/reports.ts';
import { findSubmissionView } from '@/lib/db/submission-view.ts';
import { versionsOf } from '@/lib/db/versions.ts';
import { shownCode } from '@/lib/plain-text.ts';
import { classRecalls, entryCells } from '@/lib/scoring/entry-cells.ts';
import { cellArtifacts } from '@/lib/scoring/gradient-artifacts.ts';
import { referenceOf } from '@/lib/scoring/references.ts';
import { isOrganizer } from '@/lib/viewer.ts';
import { Attempts } from './attempts.tsx';
import { Checks } from './checks.tsx';
import { Cite } from './cite.tsx';
import { ClassRecalls } from './class-recalls.tsx';
import { Drag } from './drag.tsx';
import { Evaluations } from './evaluations.tsx';
import { GradientArtifacts } from './gradient-artifacts.tsx';
import { Guarantees } from './guarantees.tsx';
import { OwnRun } from './own-run.tsx';
import { Provenance } from './provenance.tsx';
import { reproduceCommand, verifyCommand } from './reproduce.ts';
import { ScoreSheet } from './score-sheet.tsx';
import { StatusPanel } from './status-panel.tsx';
import { SuiteTabs } from './suite-tabs.tsx';
import { TellAuthorForm } from './tell-author-form.tsx';
import { UnderAttack } from './under-attack.tsx';
import { Versions } from './versions.tsx';
import { WithdrawForm } from './withdraw-form.tsx';

type Props = { params: Promise<{ submission: string }>; searchParams: Promise<{ suite?: string | string[] }> };

/** A longer module is a file to download: the page stays short. */
const shownCodeBytes = 4000;

/** Of one request, for the head and the page alike. */
const viewOf = cache(findSubmissionView);

/** The tab says how it stands, so that one sees there when it has ended. */
export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ submission: id }, { suite }, viewer] = await Promise.all([params, searchParams, currentViewer()]);
  const about = await viewOf(id, viewer, [suite].flat()[0]);
  if (!about) return { title: 'No such submission' };
  return {
    title: `${about.name} on ${about.suite} (${about.state})`,
    description: `How much of the damage ${about.name} undoes under each attack of ${about.suite}, with intervals and every trial.`,
    alternates: {
      canonical: `/submissions/${about.id}?suite=${about.suite}`,
      types: { 'application/atom+xml': `/feed.xml?submission=${about.id}` },
    },
  };
}

export default async function SubmissionPage({ params, searchParams }: Props) {
  const [{ submission: id }, query, viewer] = await Promise.all([params, searchParams, currentViewer()]);
  const about = await viewOf(id, viewer, [query.suite].flat()[0]);
  if (!about) notFound();
  const suite = findSuite(about.suite);
  const [code, logs, versions, checks, dpSgd, own] = await Promise.all([
    codeOf(about.id, viewer),
    logsOf(about.id, viewer),
    versionsOf(about.id),
    about.evaluation ? checksOfEvaluation(about.evaluation.id) : [],
    suite ? baselineCurve(suite, 'dp-sgd') : null,
    suite && about.ownRun ? reportOn(about.id, suite) : null,
  ]);
  const trials = about.evaluation?.trials ?? [];
  const reference = suite && about.evaluation ? referenceOf(suite, about.evaluation.engine) : null;
  const cells = suite && reference ? entryCells(suite, reference, trials) : [];
  return (
    <div className="wide">
      <PageHead
        over={
          suite && (
            <Link className="link" href={`/suites/${suite.id}`}>
              {suite.id}
            </Link>
          )
        }
        title={about.name}
      >
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <StateTag state={about.state} />
          {about.baseline && <Tag>{baselineRole(about.baseline)}</Tag>}
          <span>
            {about.anonymousUntil ? '' : 'by '}
            <span className="text-ink wrap-anywhere">{about.author}</span>
          </span>
          <span title={kindText[about.kind]}>{about.kind}</span>
          {about.runtime !== 'javascript' && <Tag>{runtimeText(about.runtime)}</Tag>}
          <When at={about.createdAt} />
        </p>
      </PageHead>
      <SuiteTabs about={about} />
      <Versions versions={versions} id={about.id} mine={about.mine && !about.baseline} />
      {about.mine && about.anonymousUntil && <TellAuthorForm id={about.id} until={about.anonymousUntil} />}
      <StatusPanel about={about} />
      {suite && about.scores && about.state === 'scored' && <ScoreSheet suite={suite} scores={about.scores} />}
      {about.state === 'scored' && about.scores && about.scores.flags.length > 0 && (
        <p className="mt-4 flex flex-wrap gap-2">
          {about.scores.flags.map((flag) => (
            <Tag key={flag} look="caution">
              {flagText[flag] ?? flag}
            </Tag>
          ))}
        </p>
      )}
      {suite && about.scores && about.state === 'scored' && <Drag suite={suite} scores={about.scores} cells={cells} />}
      {suite && <UnderAttack suite={suite} about={about} cells={cells} dpSgd={dpSgd} />}
      {suite && trials.length > 0 && (
        <ClassRecalls
          suite={suite}
          measured={trials.some(({ budget }) => budget === 0)}
          recalls={reference ? classRecalls(suite, reference, trials) : []}
          link={`/submissions/${about.id}/trials?suite=${suite.id}`}
        />
      )}
      <Guarantees about={about} />
      <Evaluations about={about} />
      <SubmissionSeasons submission={about.id} viewer={viewer} />
      <Attempts
        attempts={about.evaluation?.attempts ?? []}
        json={`/api/v1/submissions/${about.id}?suite=${about.suite}`}
      />
      <Checks checks={checks} mayDecide={isOrganizer(viewer)} />
      <Section title="Reproduce" aside="the same code as the runner’s, jail included">
        <Code label="The command that reproduces these numbers">{reproduceCommand(about, suite ?? null)}</Code>
        {about.state === 'scored' && (
          <div className="mt-3">
            <Code label="The command that runs it again and compares every number">{verifyCommand(about)}</Code>
          </div>
        )}
        <p className="mt-3 max-w-3xl text-sm text-soft">
          Numbers are the same to the last bit with the same engine, its version and the same kind of processor; between
          engines they differ a little, and are never compared.
        </p>
      </Section>
      {about.ownRun && <OwnRun ownRun={about.ownRun} />}
      {suite && own && <GradientArtifacts suite={suite} artifacts={cellArtifacts(own.report.trials)} />}
      <CardDetails card={about.card} vouched={about.vouchedOrcid} />
      {about.evaluation && <Cite about={about} evaluation={about.evaluation} />}
      <Section title="Module" aside={`${about.module.bytes.toLocaleString('en-US')} bytes`}>
        {code === null ? (
          <p className="text-soft">Its code becomes public with its first score.</p>
        ) : code.length > shownCodeBytes ? (
          <a className="link" href={`/api/v1/submissions/${about.id}/module`}>
            The code as it was submitted, as a file
          </a>
        ) : (
          <details open>
            <summary className="mb-3 text-accent underline underline-offset-4">
              {about.kind === 'control' ? 'What the harness is told' : 'The code as it was submitted'}
            </summary>
            <Code label="The module’s code">{shownCode(code)}</Code>
          </details>
        )}
      </Section>
      <Provenance about={about} />
      {logs.length > 0 && (
        <Section title="Log" aside="seen by its owner and the organizers alone">
          {logs.map(({ job, attempt, text }) => (
            <details key={`${job} ${attempt}`} className="mb-3">
              <summary className="mb-2">
                Job {job.slice(0, 8)}, attempt {attempt}
              </summary>
              <Code label={`Log of job ${job.slice(0, 8)}, attempt ${attempt}`}>{text}</Code>
            </details>
          ))}
        </Section>
      )}
      {about.manageable && !about.withdrawnAt && !about.baseline && <WithdrawForm id={about.id} />}
      {(about.state === 'queued' || about.state === 'running') && (
        <Refresh url={`/api/v1/submissions/${about.id}?suite=${about.suite}`} />
      )}
    </div>
  );
}
