import Link from 'next/link';
import { Code } from '@/app/ui/code.tsx';

const card = `{
  "format": "antidote-dataset-1",
  "id": "own-2027-a",
  "title": "Leaves of our garden",
  "url": "https://example.org/leaves",
  "notice": "Copyright (c) 2027 A. Gardener, CC BY 4.0",
  "pictures": "32 by 32 gray pixels, leaves on white paper. Nobody is shown.",
  "classNames": ["ash", "beech", "birch", "elm", "fir", "lime", "maple", "oak", "pine", "willow"],
  "shape": [32, 32, 1]
}`;

const commands = `npx antidote season open --plan core --dataset ./leaves --name 2027-03 --until 2027-03-31
npx antidote season copy 2027-03 --runner <id> --out ./2027-03
npx antidote season add-runner 2027-03 --runner <id> --reason "the first one died"
npx antidote season baselines 2027-03
npx antidote season status 2027-03
npx antidote season close 2027-03
npx antidote season verify 2027-03`;

const checking = `npx antidote season verify 2026-12
npx antidote verify <submission> --season 2026-12 --scenario cluster-swap-lr --seeds 1`;

const entering = 'npx antidote enter <submission> --season 2027-03';

export function Seasons() {
  return (
    <>
      <p>
        Poison, seeds and test rows of a public suite are public, so a module can hold them. A{' '}
        <Link className="link" href="/seasons">
          season
        </Link>{' '}
        is the same plan drawn anew, from a seed that is secret, on data that no public suite uses and that is not named
        before the close.
      </p>
      <h2>For authors</h2>
      <div>
        <Code label="The command that enters a submission">{entering}</Code>
      </div>
      <ul>
        <li>
          Enter a submission whose evaluation on the public suite of the plan is complete: on its page, on the season’s
          page, or with the command. An author has two entries in a season. One that is withdrawn counts, and so does
          one of an account that was deleted.
        </li>
        <li>
          Until the close you are told how far your entries have come, for which of the listed reasons trials failed,
          and the hour in which the last one ended. Numbers, messages and logs are withheld: they could tell what the
          data is. An organizer may open a season whose authors see the scores of their own entries earlier: when the
          hour in which they end is over. Its page says so, its undefended numbers are public from then on, and what an
          author learns from a first entry can go into a second one.
        </li>
        <li>
          Every entry also runs four{' '}
          <Link className="link" href="/integrity#probes">
            honesty probes
          </Link>
          , which count in no score: classes that were renamed, labels that were shuffled, a training set of ten
          distinct rows, and a world where all images lie under one picture and classes have traded names. An honest
          defense stays below their limits; a row above one is flagged.
        </li>
        <li>
          At the close each entry gets the places that it may have. Of 20 entries, one that 3 are surely better than and
          5 surely worse than has the places 4 to 15. Its mean stands beside its worst family and beside its public
          mean.
        </li>
        <li>
          An entry that comes after the end is scored, marked as late, and not ranked, as long as a runner holds the
          season’s files.
        </li>
        <li>
          An entry that is withdrawn leaves its row behind, without numbers. After the close it still counts in the
          ranks of the others, so that nobody’s rank moves when somebody leaves.
        </li>
        <li>
          Where our side gave up a part of your entry, its state says <em>stalled</em>: enter the same submission again,
          and that part is asked for again. It is the same entry and takes no second place of yours.
        </li>
        <li>Whoever is signed in can file a dispute against a row. It is shown, and an organizer answers it.</li>
      </ul>
      <h2>For reviewers</h2>
      <p>
        An organizer opens an entry’s page and finds its code, what other code it is like (entries of the season, public
        submissions of other people, reference defenses) and, after the close, its flags, what it gave in the honesty
        probes, and every trial. The review is a verdict and a note, and the newest one decides. Both are told to
        organizers alone until the close. From then on a row without a review says that it is under review; one that is
        refused keeps its numbers and has no place. Nobody reviews an own entry, or answers a dispute about one.
      </p>
      <h2>For organizers</h2>
      <div>
        <Code label="The commands of a season">{commands}</Code>
      </div>
      <ul>
        <li>
          <code>open</code> runs on the site’s machine, where the data set lies. It draws the seed from the system’s
          generator, crafts the suite, trains the undefended models, looks for leaks, builds the suite a second time,
          commits to all of it, and opens the page. With plan <code>core</code> that takes hours. Stop it when you like:
          the same command goes on. <code>--note</code> says on its page, in a line, what people should know of it. The
          name of the data set stands on the command line, where everybody with an account on that machine can read it.
        </li>
        <li>
          A runner evaluates a season’s entries when it was named at the opening and the folder{' '}
          <code>seasons/&lt;name&gt;</code> of its <code>ANTIDOTE_DATA</code> holds the files. The machine’s own runner
          is named unless <code>--runners</code> names others, or says <code>none</code>. <code>copy</code> writes that
          folder for one of these runners on another machine. Each runner’s folder has a canary of its own, this
          machine’s too; <code>trace</code> names the runner whose canary stands in a file that was found.
        </li>
        <li>
          A runner that dies would leave its season unfinished. <code>add-runner</code> names another enrolled one, on
          the machine that holds the season, until the close. The season’s page, <code>status</code> and the record show
          it with its time and your reason for good, and none that was named is ever taken away. On another machine it
          needs a copy as the first ones did. It takes over the jobs for which it has the engine.
        </li>
        <li>
          Back up the folder <code>seasons</code> of <code>ANTIDOTE_DATA</code>, and let nobody read it. Only the
          machine that holds it can close the season. A season whose secret is lost can’t be closed, and its page says{' '}
          <em>open</em> for ever.
        </li>
        <li>
          Attacks of the plan that don’t bite on the data, or that tuned biases undo there, are left out of the score. A
          leak, a second build that differs or an engine on which nothing counts keeps the season from being opened.
        </li>
        <li>
          <code>baselines</code> enters the reference defenses whose public evaluation is complete. <code>close</code>{' '}
          ends the entries, at once and for good, also before the announced end. When all that came in time is computed
          it publishes salt, seed, data set and every undefended number. While something runs, was given up by our side
          or is in dispute between two runners it refuses; with <code>--now</code> it does not wait, and rows without
          numbers have no place. The site refuses anything that is not what was committed to.
        </li>
      </ul>
      <h2>A data set of your own</h2>
      <p>
        What anybody can download may be known to a module. So a season that shall count is best drawn on pictures that
        nobody has seen: <code>--dataset ./leaves</code> takes a folder with three files.
      </p>
      <ul>
        <li>
          <code>train.bin</code> and <code>test.bin</code>: records of a label byte and the gray pixels of a picture,
          row by row. 10 to 256 classes, of each at least 2,000 training rows and 100 test rows; 12 to 128 pixels a
          side; at most 1 GiB. In which order they stand does not matter.
        </li>
        <li>
          <code>card.json</code>: what it is, and from which address anybody can get the files once the season is
          closed. Until then the site is told neither. The id is the name of a folder on the organizer’s machine: choose
          one that tells other people there nothing.
        </li>
      </ul>
      <div>
        <Code label="The card of a data set">{card}</Code>
      </div>
      <p>
        They are copied into <code>datasets</code> of <code>ANTIDOTE_DATA</code>, and their sums are committed to. After
        the close <code>season verify &lt;name&gt; --dataset &lt;folder&gt;</code> holds the files that somebody got
        against them.
      </p>
      <h2>For everybody</h2>
      <div>
        <Code label="The commands that check a closed season">{checking}</Code>
      </div>
      <p>
        The first draws a closed season again and compares it with the commitment that was published at its opening. It
        needs the data set, which it fetches, and the version of the software that drew it. The second runs an entry
        again, or some of its trials, and compares every number with what its runners signed. An entry’s page links to
        all of its numbers as JSON, and the season’s page to the files of the built suite, where the site has them.
      </p>
      <h2>What a season does not stop</h2>
      <ul>
        <li>
          An organizer who tells a friend the seed. The commitment shows that the draw was not changed afterwards, not
          that nobody knew it. You trust those who hold the files. The page names their runners, and which of them were
          added after the opening.
        </li>
        <li>
          Knowledge of a data set that is public and was guessed. The ten letters of a season on EMNIST are drawn, but
          who guesses the data set knows what letters look like. Data that nobody has seen stops that.
        </li>
        <li>
          A defense that was made for the plan’s own attacks. Seed, data, places and patterns of the triggers are new in
          each season, and how they are made is not: a filter that looks for one square of eight black and eight white
          pixels undoes the plan’s BadNets and may miss every other trigger. A reviewer sees it in the code.
        </li>
        <li>
          Training less. A run that stops early learns less of the poison, so its mean may be above 0, in a season as in
          public. The{' '}
          <Link className="link" href="/docs/score#score-2">
            gain
          </Link>{' '}
          beside the mean is what an entry has beyond that, and{' '}
          <Link className="link" href="/integrity#in-season">
            early stops have none
          </Link>
          .
        </li>
        <li>
          Pixels that are permuted or rotated would not: class means and main directions of the training set align
          hidden templates of 250 bytes again.
        </li>
        <li>
          An organizer who opens several seasons and closes the one with the best result. Every beginning is an event of{' '}
          <Link className="link" href="/integrity#record">
            the record
          </Link>
          , so seasons that were begun and never closed are seen.
        </li>
        <li>
          A few bits before the close: an author learns which of nine reasons a trial failed for, and the hour in which
          the last one ended. A module can choose both by what it sees. Queue and runners are shown as if a season’s
          jobs waited until the hour in which they ended is over. Who submits something else meanwhile still sees when
          its turn comes, and the times of a runner’s public attempts show when it worked on something else: so about
          how long a season’s job held it.
        </li>
        <li>
          A copy of the files that leaks. Each runner’s copy holds rows of its own that no trial reads, so a file that
          is found names the copy that it is from, where it was copied whole.
        </li>
        <li>
          A module that knows a probe when it sees one. Ten rows repeated are easy to see, and so are renamed classes
          for who knows the data; who then trains honestly passes, as a{' '}
          <Link className="link" href="/integrity#second-honest-where-renamed">
            cheat on show
          </Link>{' '}
          does. Probes find those who brought knowledge and did not care to look; reading the code finds the others.
        </li>
        <li>A defense that is tuned to the plan’s kinds of attacks. They are public, and meant to be.</li>
      </ul>
    </>
  );
}
