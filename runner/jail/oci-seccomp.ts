import { cloneNew, cloneThread, ioctlRequests, prctlOptions } from './seccomp.ts';
import type { SyscallName } from './syscalls.ts';

type Rule = {
  readonly names: readonly string[];
  readonly action: 'SCMP_ACT_ALLOW';
  readonly args?: readonly { index: number; value: number; valueTwo?: number; op: string }[];
};

/**
 * The same filter as `seccompProgram`, in the words of the OCI runtime specification, for gVisor to apply to the calls
 * that its guest makes of the sentry. It answers EPERM only. `clone3` is let through: in the runsc of Debian 12 it does
 * not exist (ENOSYS), so that the C library falls back to clone. A younger one has it, and a guest could then start
 * processes, within its tasks and its sandbox.
 */
export const ociSeccomp = (calls: readonly SyscallName[]) => ({
  defaultAction: 'SCMP_ACT_ERRNO',
  syscalls: [
    { names: [...calls, 'clone3'], action: 'SCMP_ACT_ALLOW' },
    {
      names: ['clone'],
      action: 'SCMP_ACT_ALLOW',
      args: [{ index: 0, value: cloneNew + cloneThread, valueTwo: cloneThread, op: 'SCMP_CMP_MASKED_EQ' }],
    },
    ...ioctlRequests.map((value) => onlyFor('ioctl', 1, value)),
    ...prctlOptions.map((value) => onlyFor('prctl', 0, value)),
  ] satisfies Rule[],
});

const onlyFor = (name: string, index: number, value: number): Rule => ({
  names: [name],
  action: 'SCMP_ACT_ALLOW',
  args: [{ index, value, op: 'SCMP_CMP_EQ' }],
});
