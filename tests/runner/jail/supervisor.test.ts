import { describe } from 'vitest';
import { requires } from '../../support/requires.ts';
import { supervision } from './supervision.ts';

describe.runIf(requires('bubblewrap'))('a supervisor as a process of its own', () => supervision('bubblewrap'));
