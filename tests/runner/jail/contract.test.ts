import { describe } from 'vitest';
import type { JailKind } from '../../../runner/jail/jail.ts';
import { requires } from '../../support/requires.ts';
import { jailContract } from './contract.ts';

const kinds: JailKind[] = requires('bubblewrap') ? ['bubblewrap', 'none'] : ['none'];

describe.each(kinds)('the jail %s', jailContract);
