import type { SyscallName } from '../syscalls.ts';
import { nodeCalls } from './node-calls.ts';

export const pythonCalls: readonly SyscallName[] = nodeCalls;
