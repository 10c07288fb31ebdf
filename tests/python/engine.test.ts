import { it } from 'vitest';
import { passesPytest } from '../support/pytest.ts';
import { requires } from '../support/requires.ts';

it.runIf(requires('python-torch', 'pytest'))(
  'the engine of PyTorch agrees with a loop of single examples, with plain SGD and with the draws of the other engine',
  { timeout: 1_200_000 }, // against hanging
  () => passesPytest('tests/python', 'torch'),
);
