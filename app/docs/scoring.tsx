import Link from 'next/link';
import { Scoring2 } from './scoring-2.tsx';

export function Scoring() {
  return (
    <>
      <p>
        For every attack of the suite and every seed, the suite’s model is trained once with the defense. What leaves
        the jail is weights; a trusted process then measures the share of <em>attacked rows</em> that get their true
        label: all test rows for an indiscriminate attack, the rows that carry the trigger for a backdoor, the targets
        for a targeted one, the rows of the class or cluster that an attack is about. What follows first are the rules
        of smoke-1 and core-1;{' '}
        <a className="link" href="#score-2">
          later suites
        </a>{' '}
        have others for collateral harm, the order of the board, gain and failed trials.
      </p>
      <p>
        The <strong>robustness</strong> of a defense against an attack is the share of the damage that it undoes: the
        share of attacked rows that it gets right, minus the undefended model’s, over what the attack cost the
        undefended model.
      </p>
      <div
        className="code-block"
        role="math"
        aria-label="rho equals P of the defense minus P of none, over P of none without attack minus P of none"
      >
        ρ = (P<sub>defense</sub> − P<sub>none</sub>) / (P<sub>none, no attack</sub> − P<sub>none</sub>)
      </div>
      <ul>
        <li>0 is no better than doing nothing, 1 is as if there had been no attack, below 0 is worse than nothing.</li>
        <li>A model made bad on purpose gains nothing: it gets the attacked rows wrong too.</li>
        <li>
          An attack counts only where it bites: the lower end of its effect on the undefended model, over ten seeds that
          no defense is scored on, must be 3 points for an attack on all rows, 10 for one on a class, a cluster or
          targets, 50 for a trigger. What does not bite is shown and never counted.
        </li>
        <li>
          A family’s robustness is the mean over its attacks. The board stands in the order of the worst family, as an
          attacker would choose it, and shows the mean beside it.
        </li>
        <li>
          <strong>Utility</strong> is clean accuracy without poison, against the undefended model’s. Who loses more than
          10 points has <em>collapsed</em> and stands after all others.
        </li>
        <li>
          <strong>Gain</strong> is the worst family’s robustness less that of the best plain SGD, of schedules of 40 to
          702 steps, whose clean accuracy is no lower. Much of what bounding gradients buys is shorter training in
          disguise.
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
          Intervals are 95 %, paired by seed, from Student’s t. Fewer than five seeds have none: a number on two seeds
          is shown with its n and nothing more.
        </li>
        <li>
          Ranks exist only in a{' '}
          <a className="link" href="/docs/seasons">
            season
          </a>
          , where a suite is drawn anew from a secret seed. The smoke suites are never ranked: they show in minutes
          whether a defense runs at all. core-1 follows for those of which every trial on smoke-1 is scored. smoke-2 is
          scored by the second version of these rules.
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
      <Scoring2 />
    </>
  );
}
