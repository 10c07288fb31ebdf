import { describe } from 'vitest';
import { requires } from '../../support/requires.ts';
import { trainingContract } from './contract.ts';

describe.runIf(requires('native-engine'))('on TensorFlow', () => trainingContract('tensorflow'));
