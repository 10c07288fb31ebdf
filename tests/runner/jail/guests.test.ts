import { describe } from 'vitest';
import { requires } from '../../support/requires.ts';
import { kernelCalls } from './kernel-calls.ts';

describe.runIf(requires('bubblewrap') && process.arch === 'x64')('another guest', () => kernelCalls('bubblewrap'));
