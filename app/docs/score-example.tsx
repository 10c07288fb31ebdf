import { score } from '@/app/ui/numbers.ts';
import { workedExample as example } from './worked-example.ts';

/** One score, step by step. */
export function ScoreExample() {
  const { cap, recall, own, reference, none, undefended, defense, veto, failed, gain } = example;
  return (
    <>
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
