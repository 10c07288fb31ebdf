import { describe } from 'vitest';
import { requires } from '../../support/requires.ts';
import { hostilePython } from './hostile-python.ts';

describe.runIf(requires('bubblewrap', 'python-numpy'))('hostile modules in Python in the real jail', () =>
  hostilePython('bubblewrap'),
);
