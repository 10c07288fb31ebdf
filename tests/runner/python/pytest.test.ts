import { it } from 'vitest';
import { passesPytest } from '../../support/pytest.ts';
import { requires } from '../../support/requires.ts';

it.runIf(requires('python-numpy', 'pytest'))(
  'the package for defenses in Python passes its tests on the set numpy',
  () => passesPytest('tests/runner/python', 'numpy'),
);
