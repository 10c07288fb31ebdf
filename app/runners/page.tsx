import type { Metadata } from 'next';
import { age } from '@/app/ui/numbers.ts';
import { PageHead, Section } from '@/app/ui/page-head.tsx';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { Tag } from '@/app/ui/tag.tsx';
import { currentViewer } from '@/lib/auth.ts';
import { givenUpEvaluations } from '@/lib/db/given-up.ts';
import { queueDepth } from '@/lib/db/jobs.ts';
import { listRunners, type RunnerRow } from '@/lib/db/runners.ts';
import { isOrganizer } from '@/lib/viewer.ts';
import { CodeForm } from './code-form.tsx';
import { GivenUpTable } from './given-up-table.tsx';
import { nameOfLabel } from './labels.ts';
import { OrderForm } from './order-form.tsx';

export const metadata: Metadata = {
  title: 'Runners',
  description: 'The machines that train models under attack, and what waits for them.',
};

export default async function RunnersPage() {
  const [runners, { waiting, leased }, viewer] = await Promise.all([listRunners(), queueDepth(), currentViewer()]);
  const givenUp = await givenUpEvaluations(viewer);
  const heard = runners.filter((runner) => runner.heard).length;
  const orderable = runners
    .filter(({ state }) => state !== 'retired')
    .map(({ id, name, state }) => ({ id, name, state }));
  return (
    <div className="wide">
      <PageHead title="Runners">
        <p>
          The machines that lease jobs, train models under attack inside a jail, and post signed results. What they do
          for an open season is not told: its jobs count as waiting until the hour in which they ended is over.
        </p>
      </PageHead>
      <dl className="grid grid-cols-3 border-y border-ink">
        {[
          ['heard in the last minute', heard],
          ['jobs being worked on', leased],
          ['jobs waiting', waiting],
        ].map(([name, count], place) => (
          <div
            key={name}
            className={`flex flex-col-reverse justify-end py-4 ${place > 0 ? 'border-l border-line pl-4' : ''}`}
          >
            <dt className="text-sm text-soft">{name}</dt>
            <dd className="text-3xl font-semibold tracking-tight">{count}</dd>
          </div>
        ))}
      </dl>
      <Section title="Enrolled">
        {runners.length === 0 ? (
          <p className="text-soft">No runner is enrolled yet, so what is submitted waits.</p>
        ) : (
          <RunnerTable runners={runners} />
        )}
      </Section>
      {isOrganizer(viewer) && (
        <Section title="Given up" aside="organizers only">
          <GivenUpTable rows={givenUp} />
        </Section>
      )}
      {isOrganizer(viewer) && orderable.length > 0 && (
        <Section title="Drain, quarantine, retire" aside="organizers only">
          <OrderForm runners={orderable} />
        </Section>
      )}
      {isOrganizer(viewer) && (
        <Section title="Enrol another" aside="organizers only">
          <CodeForm />
        </Section>
      )}
    </div>
  );
}

function RunnerTable({ runners }: { runners: RunnerRow[] }) {
  return (
    <PlainTable label="Runners" columns={['Name', 'State', 'Has', 'At work on', 'Results', 'Last heard', 'Public key']}>
      {runners.map(({ id, name, class: kind, labels, state, leased, finished, heard, lastSeenAt, publicKey }) => (
        <tr key={id} className="border-b border-line align-top">
          <th scope="row" className="min-w-44 py-2 pr-5 text-left font-semibold wrap-anywhere">
            {name}
            <span className="block font-mono text-xs leading-6 font-normal text-soft">{id}</span>
          </th>
          <td className="py-2 pr-5">
            {state === 'active' ? 'active' : <Tag look="caution">{state}</Tag>}
            {kind === 'community' && <span className="block text-soft">community: gets no work</span>}
          </td>
          <td className="min-w-40 py-2 pr-5">{labels.map(nameOfLabel).join(', ') || 'nothing'}</td>
          <td className="py-2 pr-5 whitespace-nowrap">
            {leased} {leased === 1 ? 'job' : 'jobs'}
          </td>
          <td className="py-2 pr-5">{finished}</td>
          <td className="py-2 pr-5 whitespace-nowrap">
            {heard ? (
              <Tag look="accent">here</Tag>
            ) : lastSeenAt ? (
              age((Date.now() - Date.parse(lastSeenAt)) / 1000)
            ) : (
              'never'
            )}
          </td>
          <td className="max-w-40 min-w-40 py-2 font-mono text-xs leading-6 break-all">{publicKey}</td>
        </tr>
      ))}
    </PlainTable>
  );
}
