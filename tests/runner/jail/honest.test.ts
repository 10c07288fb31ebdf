import { describe } from 'vitest';
import { requires } from '../../support/requires.ts';
import { honestModules } from './honest.ts';

/** `npx antidote jail-calls` runs this file under a trace. */
describe.runIf(requires('bubblewrap'))('under the filter of its guest, in the jail', () => honestModules('bubblewrap'));
