import { describe } from 'vitest';
import { trainingContract } from './contract.ts';

describe('on wasm', () => trainingContract('wasm'));
