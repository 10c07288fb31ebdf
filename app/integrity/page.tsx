import type { Metadata } from 'next';
import Link from 'next/link';
import { PageHead, Section } from '@/app/ui/page-head.tsx';
import { currentViewer } from '@/lib/auth.ts';
import { cheatIds, cheatsMeasured } from '@/lib/catalog/cheats.ts';
import {
  type SecondCheat,
  type SecondCheatId,
  secondCheatIds,
  secondCheats,
  secondCheatsMeasured,
} from '@/lib/catalog/cheats-2.ts';
import { cheatsInSeason as inSeason } from '@/lib/catalog/cheats-in-season.ts';
import { honestProbes as honest } from '@/lib/catalog/honest-probes.ts';
import { hostileModules, hostilePrograms } from '@/lib/catalog/hostile.ts';
import { hostilePython } from '@/lib/catalog/hostile-python.ts';
import { lastAudit, lastEvent } from '@/lib/db/audit.ts';
import { checkCounts, openDisputes } from '@/lib/db/checks.ts';
import { withdrawnSubmissions } from '@/lib/db/submissions.ts';
import { harness } from '@/lib/harness.ts';
import { Amendments } from './amendments.tsx';
import { Chain } from './chain.tsx';
import { CheatTable } from './cheat-table.tsx';
import { CheatsInSeason, ProbesMeasured } from './cheats-in-season.tsx';
import { HostileModules, HostilePrograms } from './hostile-tables.tsx';
import { LastRun } from './last-run.tsx';
import { RunTwice } from './run-twice.tsx';
import { SeasonTable } from './season-table.tsx';
import { SecondCheats, SecondControls } from './second-cheats.tsx';
import { Withdrawn } from './withdrawn.tsx';

export const metadata: Metadata = {
  title: 'Integrity',
  description:
    'How modules end that try to win without defending, what the jail is tested against, and what a public suite cannot stop.',
};

const cheatsThat = (are: (cheat: SecondCheat) => boolean) =>
  (Object.entries(secondCheats) as [SecondCheatId, SecondCheat][]).filter(([, cheat]) => are(cheat));

export default async function IntegrityPage() {
  const viewer = await currentViewer();
  const [withdrawn, head, audit, counts, disputes] = await Promise.all([
    withdrawnSubmissions(),
    lastEvent(),
    lastAudit(),
    checkCounts(),
    openDisputes(viewer),
  ]);
  const { suite, seed } = cheatsMeasured;
  const second = secondCheatsMeasured;
  return (
    <div className="wide">
      <PageHead title="Integrity">
        <p>
          What was tried against this board by those who made it: modules that want to win without defending, and
          modules that want out of the jail. Each lies in the repository and is run again, for real, whenever the tests
          are.
        </p>
      </PageHead>
      <Section
        id="cheats"
        title="Cheats"
        aside={`${cheatIds.length} modules, evaluated in the jail on ${suite}, seed ${seed}`}
      >
        <p className="mb-3 max-w-3xl text-sm text-soft">
          Numbers are the{' '}
          <Link className="link" href="/docs/score">
            share of the damage undone
          </Link>
          , over attack families and in the worst one: 0 is no defense, 1 as if there were no attack. One seed has no
          interval; the test allows .06 around the mean and .1 around the worst family.
        </p>
        <CheatTable />
      </Section>
      <Section
        id="cheats-2"
        title="Cheats against the second rules"
        aside={`${secondCheatIds.length} modules, evaluated in the jail on ${second.suite}, ${second.seeds} seeds, and on core-2`}
      >
        <p className="mb-3 max-w-3xl text-sm text-soft">
          smoke-2, core-2 and seasons are scored by the{' '}
          <Link className="link" href="/docs/score#score-2">
            second rules
          </Link>
          . A cheat is stopped where its mean is .10 at most, where it gains nothing over training that stops early, or
          where its row has a flag that no honest row has. Two seeds have no interval; a gain of .05 is then taken for
          none. On core-2 those that come near, or hold something, are evaluated on five seeds, the others on two; it
          ends there as on {second.suite} where nothing else is said.
        </p>
        <SecondControls />
        <SecondCheats
          label="Modules without knowledge of the data"
          cheats={cheatsThat(({ holds }) => holds === 'nothing')}
        />
      </Section>
      <Section
        id="public"
        title="What a public suite cannot stop"
        aside={
          <Link className="link" href="/seasons">
            seasons
          </Link>
        }
      >
        <p className="mb-3 max-w-3xl text-sm text-soft">
          A public suite can be checked by anybody, and so it can be learned by heart by anybody. Its rows are public
          and unverified and have no rank. Ranks exist only in a season: the suite drawn anew from a secret seed, whose
          commitment is published before it opens. No count finds a few kilobytes that are hidden in names, in comments
          or in the order of a program. A new draw makes them worthless, and a reviewer who reads the code finds them.
        </p>
        <SeasonTable />
        <p className="mt-8 mb-3 max-w-3xl text-sm text-soft">
          Nor do the second rules stop them. Data that anybody can download fit into a filter of a few kilobytes, and
          what is drawn from a public seed can be drawn again. These rows are what seasons are for. A module that knows
          how the plan makes its poison is stopped by no season of that plan: only a reader sees that it detects these
          triggers and no others.
        </p>
        <SecondCheats
          label="Modules that hold public data, public seeds or the plan"
          cheats={cheatsThat(({ holds }) => holds !== 'nothing')}
        />
      </Section>
      <Section
        id="in-season"
        title="What a season makes of them"
        aside={`plan ${inSeason.plan} on ${inSeason.dataset}, ${inSeason.seeds.length} seeds, ${inSeason.date}`}
      >
        <p className="mb-3 max-w-3xl text-sm text-soft">
          Modules that hold what is public or know the plan, and those without knowledge that end above .10 in public,
          in a season drawn for them alone: the same plan, on data and from a seed that they do not know, with{' '}
          {inSeason.gateSeeds.length} gate seeds instead of ten. They are as their authors would upload them for{' '}
          {secondCheatsMeasured.suite}. A mean of 0 is that of no defense; the one indiscriminate cell does not count on
          this data, so it is over four families. By harness{' '}
          <span className="font-mono text-xs wrap-anywhere">{inSeason.harness}</span> on {inSeason.engine}.
        </p>
        <p className="mb-3 max-w-3xl text-sm text-soft">
          What holds public data or public seeds is worth nothing here. Training less is: it learns less of the poison,
          so each such module has a mean above that of no defense. None has a gain above 0. What knows how the plan
          makes its poison is not stopped by a season of that plan, and only a reader finds it.
        </p>
        <CheatsInSeason />
      </Section>
      <Section id="probes" title="Honesty probes" aside="run with every entry of a season, in no score">
        <p className="mb-3 max-w-3xl text-sm text-soft">
          Each column is a share of the test rows. Renamed classes: rows called by their old names. Shuffled labels:
          rows called rightly. Another world: rows called by their old names, and rows lost beyond those that the
          undefended model loses. Ten rows: rows called rightly beyond those of the undefended model. On data that they
          do not know the cheats have nothing to betray; the last row is of one who got hold of the season’s data.
        </p>
        <p className="mb-3 max-w-3xl text-sm text-soft">
          Limits are for means over the seeds. Of {honest.defenses.length} reference defenses entered in season{' '}
          {honest.season}, each on {honest.seeds} seeds, none is above one: the second row has the largest mean in each
          probe, and whose it is. Controls are left out. They are told which rows are poison, or how many, and in
          another world every row is: they drop all of them, train on nothing, and lose that world. The rows below are
          of a season drawn for the cheats alone, the references and the last row on its first seed.
        </p>
        <ProbesMeasured />
      </Section>
      <Section
        id="modules"
        title="Hostile modules"
        aside={`${Object.keys(hostileModules).length + Object.keys(hostilePython).length} modules, in the real jail`}
      >
        <p className="mb-3 max-w-3xl text-sm text-soft">
          A module’s failure is its own and is scored; none of them reaches the truth, the next trial, or us. Honest
          modules of all three kinds pass beside them.
        </p>
        <HostileModules language="JavaScript" modules={hostileModules} />
        <h3 className="mt-8 mb-3 font-medium">In Python</h3>
        <HostileModules language="Python" modules={hostilePython} />
        <LastRun />
      </Section>
      <Section
        id="programs"
        title="If the guest were broken"
        aside={`${Object.keys(hostilePrograms).length} programs in its place, with all of Node at hand`}
      >
        <p className="mb-3 max-w-3xl text-sm text-soft">
          The jail does not rely on what runs inside. What leaves it is bytes of a known shape, read by a strict reader;
          the test rows, the truth and the runner’s key were never in it. Nothing is left of these afterwards: no
          process, no folder, no cgroup.
        </p>
        <HostilePrograms />
      </Section>
      <Section id="record" title="The record" aside="events are chained by hash, results are signed">
        <p className="mb-3 max-w-3xl text-sm text-soft">
          Each event’s hash covers the event before it: whoever notes the last hash can tell later whether anything
          before it was changed. An audit computes every hash again, checks the signature of every result against its
          runner’s public key, and compares the numbers with what was signed.
        </p>
        <Chain head={head} audit={audit} />
      </Section>
      <Section id="amendments" title="Amendments" aside="what numbers mean, changed after they were published">
        <Amendments />
      </Section>
      <Section id="twice" title="Run twice" aside="one job in twenty, by another runner">
        <p className="mb-3 max-w-3xl text-sm text-soft">
          Where a site has two runners or more, a twentieth of the jobs is run again by another one. Which ones follows
          from what the job is, so nobody chooses. A runner can work it out beforehand: this finds machines that err,
          and not one that lies. With equal engines on equal processors every number must be the same to the last bit;
          how far others may honestly lie apart was not measured yet, so they are not compared. Where two differ,
          neither result counts until an organizer has decided.
        </p>
        <RunTwice counts={counts} disputes={disputes} />
      </Section>
      <Section id="withdrawn" title="Withdrawn" aside="the row leaves the board, the page stays">
        <Withdrawn submissions={withdrawn} />
      </Section>
      <p className="mt-10 text-sm text-soft">
        This is harness <span className="font-mono text-xs wrap-anywhere">{harness().digest}</span>.
      </p>
    </div>
  );
}
