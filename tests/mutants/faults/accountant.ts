import { faultsIn } from './fault.ts';

const test = (...names: string[]) => names.map((name) => `tests/runner/train/${name}.test.ts`);

export const accountant = [
  ...faultsIn('runner/train/accountant.ts', test('accountant', 'accountants'), [
    [
      'sigma-not-squared',
      '(steps * order) / (2 * sigma * sigma)',
      '(steps * order) / (2 * sigma)',
      'Noise counts once where it counts squared.',
    ],
    [
      'half-of-q-1',
      '(steps * order) / (2 * sigma * sigma)',
      '(steps * order) / (sigma * sigma)',
      'A batch of all rows costs double.',
    ],
    ['order-not-less-1', 'order)) / (order - 1);', 'order)) / order;', 'The divergence is divided by the order.'],
    [
      'conversion-sign',
      'classic + Math.log((order - 1) / order) - ',
      'classic - Math.log((order - 1) / order) - ',
      'The improved conversion has a wrong sign.',
    ],
    [
      'conversion-delta',
      'spent - Math.log(delta) / (order - 1)',
      'spent - Math.log(delta) / order',
      'δ is converted by another order.',
    ],
    ['few-orders', '{ length: 52 }', '{ length: 2 }', 'High orders are left out.'],
    [
      'no-low-orders',
      '{ length: 99 }, (_, index) => (11 + index) / 10',
      '{ length: 99 }, (_, index) => (21 + index) / 10',
      'Low orders are left out.',
    ],
    ['greatest-order', 'other.epsilon < one.epsilon', 'other.epsilon > one.epsilon', 'The worst order is taken.'],
    ['variation-ignores-q', 'samplingRate * (1 - erfc(', '(1 - erfc(', 'Total variation forgets q.'],
  ]),
  ...faultsIn('runner/train/log-moment.ts', test('accountant', 'accountants'), [
    [
      'moment-k',
      '(k * k - k) / (2 * sigma * sigma)',
      '(k * k) / (2 * sigma * sigma)',
      'A moment has a wrong exponent.',
    ],
    ['odds-without-rest', 'Math.log(q) - Math.log1p(-q)', 'Math.log(q)', 'Binomial terms do not add up to 1.'],
  ]),
  ...faultsIn('runner/train/prv.ts', test('prv'), [
    [
      'mesh-error-upper',
      'delta - error) + grid.error',
      'delta - error)',
      'The upper bound leaves out the error of the grid.',
    ],
    [
      'mesh-error-lower',
      'delta + error) - grid.error',
      'delta + error)',
      'The lower bound leaves out the error of the grid.',
    ],
    ['spill', 'delta / 1000', 'delta / 2', 'Half of δ is spilt.'],
    ['one-direction', '[removed, added].map', '[added].map', 'Only one direction is computed.'],
    [
      'mesh-width',
      '(steps / 2) * Math.log(12 / spill)',
      '(steps / 8) * Math.log(12 / spill)',
      'The mesh is wider than the theorem allows.',
    ],
  ]),
];
