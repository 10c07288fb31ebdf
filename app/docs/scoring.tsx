import Link from 'next/link';
import { suites } from '@/lib/catalog/suites/index.ts';
import { FirstRules } from './first-rules.tsx';
import { ScoreExample } from './score-example.tsx';

/** The rules of today, what holds by every version of them, and the first ones. */
export function Scoring() {
  const published = suites.filter(({ rules }) => rules.scoring === 2).map(({ id }) => id);
  return (
    <>
      <p>
        For every attack of the suite and every seed, the suite’s model is trained once with the defense. What leaves
        the jail is weights; a trusted process then measures the share of <em>attacked rows</em> that get their true
        label: all test rows for an indiscriminate attack, the rows that carry the trigger for a backdoor, the targets
        for a targeted one, the rows of the class or cluster that an attack is about.
      </p>
      <p>
        The <strong>robustness</strong> ρ of a defense against an attack is the share of the damage that it undoes: 0 is
        no better than doing nothing, 1 is as if there had been no attack, below 0 is worse than nothing. A suite names
        the rules that it is scored by. These hold for {published.join(', ')} and every season; smoke-1 and core-1 have{' '}
        <a className="link" href="#score-1">
          older ones
        </a>
        .
      </p>
      <h2 id="score-2">The rules</h2>
      <div
        className="code-block"
        role="math"
        aria-label="S equals the smaller of P and the cap, minus K. Rho equals the mean of S minus the mean of S of none, over the mean of the cap minus the mean of S of none."
      >
        S = min(P, cap) − K
        <br />ρ = (S − S<sub>none</sub>) / (cap − S<sub>none</sub>), means over seeds, clipped to −1 … 1
      </div>
      <ul>
        <li>
          <strong>P</strong> is the share of attacked rows that get their true label. The <strong>cap</strong> is that
          share of the undefended model that saw no poison. Attacks on all rows weigh test rows by the shares of the
          labels.
        </li>
        <li>
          <strong>K</strong>, the collateral, is the largest loss of recall, above ten points, in a class that the
          attack leaves as it is: the targets of a backdoor to one target, every class of a targeted attack, the classes
          outside the swapped pairs. Attacks on all rows have none. A class is held against the undefended clean model’s
          recall, or against the defense’s own clean run where that is lower, by ten points at most.
        </li>
        <li>A failed trial counts as a run that calls every row wrong. No run is worth less.</li>
        <li>
          A scenario’s robustness is the mean over its cells that count, a family’s is the mean over its scenarios, and
          the board stands in the order of the <strong>mean</strong> of the families. A row whose worst family is surely
          below 0 is marked. The adaptive family is each entry’s worst of a few attacks, chosen on the even seeds for
          the odd ones and the other way round; where both halves choose the same attack, all seeds score it at once.
          The oracle, which leaves out the poison, has no score in a cell where every row is poison: its means are over
          the others.
        </li>
        <li>
          <strong>Gain</strong> is the robustness less that of plain SGD which stops early. In each cell that plain SGD
          may stop at the length that is best there, or draw by lot between two, as long as it is no less accurate than
          the defense: without the poison, or with it. A defense that stops early where the data look poisoned, and only
          there, therefore gains nothing. What is left is surely more than under-training.
        </li>
        <li>
          A cell, one attack at one budget on one model, counts where the lower end of its damage to the undefended
          model is 50 points for a trigger and 10 for all others, over ten seeds that no defense is scored on, and where
          biases that were tuned on the test rows undo no more than half of it. What does not count is shown.
        </li>
      </ul>
      <ScoreExample />
      <h2 id="score-all">What holds by all rules</h2>
      <ul>
        <li>A model made bad on purpose gains nothing: it gets the attacked rows wrong too.</li>
        <li>
          <strong>Utility</strong> is clean accuracy without poison, against the undefended model’s. Who loses more than
          10 points has <em>collapsed</em> and stands after all others.
        </li>
        <li>
          <strong>Cost</strong> is training time over the undefended training’s, on the same machine.
        </li>
        <li>
          <strong>Flags</strong> are raised by the numbers alone: collapsed; one class predicted in some trial; failed
          or not run in some; the same numbers for every seed of a module that says it draws; nine tenths of a limit
          used; a filter no better than a random one; source or literals that could carry data.{' '}
          <Link className="link" href="/integrity">
            How cheating ends
          </Link>{' '}
          shows them at work.
        </li>
        <li>
          Intervals are 95 %, paired by seed, from Student’s t; by the rules of today those of robustness and gain are
          1.25 times as wide, since seeds are skewed. That of a gap between a public suite and a season is Welch’s, as
          the two share no seed. Fewer than five seeds have none: a number on two seeds is shown with its n and nothing
          more.
        </li>
        <li>
          Ranks exist only in a{' '}
          <a className="link" href="/docs/seasons">
            season
          </a>
          , where a suite is drawn anew from a secret seed. The smoke suites are never ranked: they show in minutes
          whether a defense runs at all. The core suite of the same number follows for those of which every trial is
          scored.
        </li>
      </ul>
      <p>
        Two brackets stand on every board: no defense, and an oracle filter that drops exactly the poison. Where every
        row is poison it has no score, and where every row of one class is, it loses the class: no filter can do better.
        A random filter that drops as many rows as there is poison is what a filter must beat. The reference is DP-SGD,
        the exemplar of gradient shaping (
        <a className="link" href="https://arxiv.org/abs/2002.11497">
          Hong et al. 2020
        </a>
        ), with its two halves beside it: clipping alone and noise alone.
      </p>
      <p>
        Numbers are compared within one engine only. Every result names its engine and version, its processor, and the
        digests of suite, harness and module.
      </p>
      <FirstRules />
    </>
  );
}
