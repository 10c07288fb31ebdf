import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { PageHead } from '@/app/ui/page-head.tsx';
import { attackName, familyName, modelName } from '@/app/ui/words.ts';
import { currentViewer } from '@/lib/auth.ts';
import { findSuite } from '@/lib/catalog/suites/index.ts';
import { findSubmissionView } from '@/lib/db/submission-view.ts';
import { Trials } from '../trials.tsx';

type Query = { suite?: string | string[]; scenario?: string | string[] };
type Props = { params: Promise<{ submission: string }>; searchParams: Promise<Query> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const asked = await askedOf(props);
  if (!asked) return { title: 'No such trials' };
  const { about, suite, scenario } = asked;
  const of = scenario ? scenario.id : 'without poison';
  return {
    title: `${about.name} on ${suite.id}, each trial of ${of}`,
    description: `Each training run of ${about.name} on ${suite.id}, ${scenario ? `under ${scenario.id}` : of}: seed by seed, with its numbers or its failure.`,
    robots: { index: false },
  };
}

/** What is too long for the page of an entry: each trial of one scenario, or without one each clean trial. */
export default async function TrialsPage(props: Props) {
  const asked = await askedOf(props);
  if (!asked) notFound();
  const { about, suite, scenario } = asked;
  const trials = (about.evaluation?.trials ?? []).filter((trial) =>
    scenario ? trial.scenario === scenario.id : trial.budget === 0,
  );
  const title = scenario ? attackName(scenario.attack) : 'Without poison';
  return (
    <div className="wide">
      <PageHead
        over={
          <Link className="link wrap-anywhere" href={`/submissions/${about.id}?suite=${suite.id}`}>
            {about.name} on {suite.id}
          </Link>
        }
        title={`${title}: each trial`}
      >
        {scenario && (
          <p>
            {familyName[scenario.family]}, on {modelName(scenario.model)}, {scenario.dataset}.{' '}
            <Link className="link" href={`/attacks/${scenario.attack}`}>
              What the attack does
            </Link>
          </p>
        )}
      </PageHead>
      {trials.length === 0 ? (
        <p className="text-soft">No trial of it has come in yet.</p>
      ) : (
        <Trials label={`Trials of ${title}`} trials={trials} />
      )}
    </div>
  );
}

/** Of one request, for the head and the page alike. */
const viewOf = cache(findSubmissionView);

/** Null where there is no such submission, suite or scenario. */
async function askedOf({ params, searchParams }: Props) {
  const [{ submission: id }, query, viewer] = await Promise.all([params, searchParams, currentViewer()]);
  const [suiteId, scenarioId] = [[query.suite].flat()[0], [query.scenario].flat()[0]];
  const about = await viewOf(id, viewer, suiteId);
  const suite = about && findSuite(about.suite);
  const scenario = suite?.scenarios.find((one) => one.id === scenarioId);
  return suite && (scenario || !scenarioId) ? { about, suite, scenario } : null;
}
