/** What smoke-1 and core-1 were published with. */
export function FirstRules() {
  return (
    <>
      <h2 id="score-1">The first rules, of smoke-1 and core-1</h2>
      <p>
        By these rules a module can win that defends nothing: the labels of core-1 tell which attack it is, and accuracy
        on the attacked rows alone pays for never naming the target. So core-1 stays as it was published, readable, and
        is superseded. The formula is the same without cap and collateral:
      </p>
      <div
        className="code-block"
        role="math"
        aria-label="rho equals P of the defense minus P of none, over P of none without attack minus P of none"
      >
        ρ = (P<sub>defense</sub> − P<sub>none</sub>) / (P<sub>none, no attack</sub> − P<sub>none</sub>)
      </div>
      <ul>
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
          <strong>Gain</strong> is the worst family’s robustness less that of the best plain SGD, of schedules of 40 to
          702 steps, whose clean accuracy is no lower. Much of what bounding gradients buys is shorter training in
          disguise.
        </li>
      </ul>
    </>
  );
}
