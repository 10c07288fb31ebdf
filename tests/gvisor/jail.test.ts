import { describe } from 'vitest';
import { jailContract } from '../runner/jail/contract.ts';
import { honestModules } from '../runner/jail/honest.ts';
import { hostileModules } from '../runner/jail/hostile-modules.ts';
import { hostilePython } from '../runner/jail/hostile-python.ts';
import { kernelCalls } from '../runner/jail/kernel-calls.ts';
import { supervision } from '../runner/jail/supervision.ts';
import { requires } from '../support/requires.ts';

describe.runIf(requires('gvisor'))('gVisor', () => {
  describe('keeps what the port promises', () => jailContract('gvisor'));
  describe('under a supervisor as a process of its own', () => supervision('gvisor'));
  describe('trains honest modules', () => honestModules('gvisor'));
  describe('holds hostile modules', () => hostileModules('gvisor'));
  describe.runIf(requires('python-numpy'))('holds hostile modules in Python', () => hostilePython('gvisor'));
  describe.runIf(process.arch === 'x64')('filters as bubblewrap does', () => kernelCalls('gvisor'));
});
