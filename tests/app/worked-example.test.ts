import { expect, it } from 'vitest';
import { workedExample as example } from '../../app/docs/worked-example.ts';

/** Worked by hand; the page prints what the code says. */
it('the example of how a score is made comes out as by hand', () => {
  const near = (value: number) => expect.closeTo(value, 12);
  expect(example.reference).toBeCloseTo(0.76, 12); // the own clean run's: .80 − .10 < .76 < .80
  expect(example.undefended).toBeCloseTo(0.05, 12); // no collateral: .80 − .82 − .10 < 0
  // .76 − .60 − .10 = .06; .67 − .06 = .61; (.61 − .05) / (.85 − .05) = .70
  expect(example.defense).toMatchObject({ collateral: near(0.06), kept: near(0.61), share: near(0.7) });
  // .76 − 0 − .10 = .66; .80 − .66 = .14; (.14 − .05) / .80 = .1125
  expect(example.veto).toMatchObject({ collateral: near(0.66), kept: near(0.14), share: near(0.1125) });
  // 0 − .66; (−.66 − .05) / .80 = −.8875
  expect(example.failed).toEqual({ kept: near(-0.66), share: near(-0.8875) });
  // .82 lies half way from .84 to .80: (.45 + .21) / 2 = .33; (.33 − .05) / .80 = .35
  expect(example.gain).toMatchObject({ lot: near(0.5), rival: near(0.33), share: near(0.35) });
});
