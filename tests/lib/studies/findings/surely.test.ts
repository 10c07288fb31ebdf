import { describe, expect, it } from 'vitest';
import { above, minus, surely } from '../../../../lib/studies/findings/surely.ts';

/** Ten seeds with a mean of t standard errors: 1 and −1, whose standard deviation is √(10/9), moved by t / 3. */
const ten = (t: number) => [1, -1, 1, -1, 1, -1, 1, -1, 1, -1].map((one) => one + t / 3);

// Student's t of 9 degrees of freedom, from a table: P(|T| > 2.262) = .05, > 2.685 = .025, > 2.933 = .0167.
describe('surely', () => {
  it('is by the whole interval where one number is asked', () => {
    expect(surely([ten(2.27)])).toEqual(['more']);
    expect(surely([ten(-2.27)])).toEqual(['less']);
    expect(surely([ten(2.25)])).toEqual([null]);
  });

  it('is harder the more numbers a sentence counts, step by step down from the surest', () => {
    expect(surely([ten(2.27), ten(0)])).toEqual([null, null]);
    expect(surely([ten(2.7), ten(0)])).toEqual(['more', null]);
    expect(surely([ten(2.7), ten(0), ten(0.1)])).toEqual([null, null, null]);
    expect(surely([ten(2.95), ten(-2.7), ten(2.27)])).toEqual(['more', 'less', 'more']);
    expect(surely([ten(2.9), ten(-2.7), ten(2.27)])).toEqual([null, null, null]);
  });

  it('is nothing that fewer than five seeds say, and these are not counted', () => {
    expect(surely([[1, 1.1, 0.9, 1]])).toEqual([null]);
    expect(surely([ten(2.27), [1, 1.1, 0.9, 1]])).toEqual(['more', null]);
    expect(surely([])).toEqual([]);
  });

  it('is asked of a number against a bound, or of two at the seeds that both have', () => {
    const [one, other] = [
      new Map([
        [0, 0.5],
        [1, 0.7],
      ]),
      new Map([
        [1, 0.2],
        [2, 9],
      ]),
    ];
    expect(above(one, 0.5)).toEqual([0, expect.closeTo(0.2, 12)]);
    expect(minus(one, other)).toEqual([expect.closeTo(0.5, 12)]);
  });
});
