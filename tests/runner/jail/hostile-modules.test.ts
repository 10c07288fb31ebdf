import { describe } from 'vitest';
import { requires } from '../../support/requires.ts';
import { hostileModules } from './hostile-modules.ts';

describe.runIf(requires('bubblewrap'))('hostile modules in the real jail', () => hostileModules('bubblewrap'));
