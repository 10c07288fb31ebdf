import { score } from '@/app/ui/numbers.ts';
import { suites } from '@/lib/catalog/suites/index.ts';
import { workedExample as example } from './worked-example.ts';

/** The second version of the rules, with an example by hand. */
export function Scoring2() {
  const published = suites.filter(({ rules }) => rules.scoring === 2).map(({ id }) => id);
  const { cap, recall, own, reference, none, undefended, defense, veto, failed, gain } = example;
  return (
    <>
      <h2 id="score-2">The second rules</h2>
      <p>
        A suite names the rules that it is scored by.{' '}
        {published.length > 0 && <>The second ones hold for {published.join(', ')} and every season. </>}
        By the first rules a module can win that defends nothing: the labels of core-1 tell which attack it is, and
        accuracy on the attacked rows alone pays for never naming the target. Under the second ones every trial of a
        seed has the same number of labels of each class, and harm to other classes is taken off.
      </p>
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
          The board stands in the order of the <strong>mean</strong> of the families. A row whose worst family is surely
          below 0 is marked. The adaptive family is each entry’s worst of a few attacks, chosen on the even seeds for
          the odd ones and the other way round.
        </li>
        <li>
          <strong>Gain</strong> takes off what plain SGD gets that stops early: in each cell at the length that is best
          there, or by lot between two, with no less clean accuracy. It is what is surely more than under-training.
        </li>
        <li>
          A cell counts where its damage is 50 points for a trigger and 10 for all others, at the lower end, and where
          biases that were tuned on the test rows undo no more than half of it.
        </li>
      </ul>
      <h2 id="score-example">An example by hand</h2>
      <p>
        One backdoor, one seed. The undefended model without poison names {score(cap)} of the attacked rows rightly, the
        cap, and {score(recall)} of the target’s own rows. With poison it names {score(none.robustAccuracy)} of the
        attacked rows rightly and harms no other class, so S<sub>none</sub> is {score(undefended)}.
      </p>
      <ul>
        <li>
          A defense’s own clean run has {score(own)} of the target’s rows, so that {score(reference)} is what it is held
          against. Under the attack it gets P {score(defense.left.robustAccuracy)} and {score(defense.left.recalls[0]!)}{' '}
          of the target’s rows: K = {score(reference)} − {score(defense.left.recalls[0]!)} − .10 ={' '}
          {score(defense.collateral)}, S = {score(defense.left.robustAccuracy)} − {score(defense.collateral)} ={' '}
          {score(defense.kept)}, ρ = ({score(defense.kept)} − {score(undefended)}) / ({score(cap)} − {score(undefended)}
          ) = <strong>{score(defense.share)}</strong>.
        </li>
        <li>
          Never to name the target gets P {score(veto.left.robustAccuracy)} and none of its rows: K ={' '}
          {score(veto.collateral)}, S = {score(veto.kept)}, ρ = <strong>{score(veto.share)}</strong>.
        </li>
        <li>
          To fail keeps {score(failed.kept)}: ρ = <strong>{score(failed.share)}</strong>.
        </li>
        <li>
          The defense’s clean accuracy is {score(gain.clean)}. Plain SGD of {gain.lengths[0].steps} steps has{' '}
          {score(gain.lengths[0].clean)} and keeps {score(gain.lengths[0].kept)}, that of {gain.lengths[1].steps} steps{' '}
          {score(gain.lengths[1].clean)} and {score(gain.lengths[1].kept)}. By lot, half and half, it is as accurate and
          keeps {score(gain.rival)}: ρ {score(gain.share)}. The gain here is {score(defense.share)} −{' '}
          {score(gain.share)} = <strong>{score(defense.share - gain.share)}</strong>.
        </li>
      </ul>
    </>
  );
}
