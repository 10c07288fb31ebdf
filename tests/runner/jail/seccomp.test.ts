import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeCalls } from '../../../runner/jail/guests/node-calls.ts';
import { pythonCalls, pythonModuleCalls } from '../../../runner/jail/guests/python-calls.ts';
import { type Architecture, seccompProgram } from '../../../runner/jail/seccomp.ts';
import { inspected, lastKnown, type SyscallName, syscalls } from '../../../runner/jail/syscalls.ts';
import { requires } from '../../support/requires.ts';

const kill = 0x8000_0000;
const allow = 0x7fff_0000;
const notPermitted = 0x0005_0001;
const notImplemented = 0x0005_0026;
const audit = { x64: 0xc000_003e, arm64: 0xc000_00b7 };

type Call = { number: number; architecture?: number; arguments?: number[] };

/** Runs a program as the kernel would: the few instructions that ours uses, each jump checked. */
function run(program: Uint8Array, call: Call, fallback: number): number {
  const view = new DataView(program.buffer);
  const seen = (offset: number) => {
    if (offset === 0) return call.number;
    if (offset === 4) return call.architecture ?? fallback;
    return call.arguments?.[(offset - 16) / 8] ?? 0;
  };
  let accumulator = 0;
  for (let at = 0; at < program.length / 8; at++) {
    const code = view.getUint16(8 * at, true);
    const k = view.getUint32(8 * at + 4, true);
    if (code === 0x20) accumulator = seen(k) >>> 0;
    else if (code === 0x06) return k;
    else {
      const holds = { 21: accumulator === k, 53: accumulator >= k, 69: (accumulator & k) !== 0 }[code];
      if (holds === undefined) throw new RangeError(`instruction ${code}`);
      at += view.getUint8(8 * at + (holds ? 2 : 3));
    }
  }
  throw new RangeError('ran past its end');
}

/** What no guest may ever do, however much Node or TensorFlow should ask for it. */
const dangerous = [
  ...['fork', 'vfork', 'execveat', 'ptrace', 'process_vm_readv', 'process_vm_writev', 'process_madvise', 'kcmp'],
  ...['pidfd_open', 'pidfd_getfd', 'pidfd_send_signal', 'kill', 'tkill', 'rt_sigqueueinfo', 'rt_tgsigqueueinfo'],
  ...['bpf', 'perf_event_open', 'userfaultfd', 'io_uring_setup', 'io_uring_enter', 'io_uring_register', 'seccomp'],
  ...['add_key', 'request_key', 'keyctl', 'memfd_create', 'memfd_secret', 'personality', 'sysinfo', 'syslog'],
  ...['socket', 'socketpair', 'bind', 'connect', 'listen', 'accept', 'accept4', 'sendto', 'recvfrom', 'sendmsg'],
  ...['recvmsg', 'sendmmsg', 'recvmmsg', 'shmget', 'shmat', 'msgget', 'semget', 'mq_open', 'unshare', 'setns', 'mount'],
  ...['umount2', 'pivot_root', 'chroot', 'open_tree', 'move_mount', 'fsopen', 'fsmount', 'mount_setattr', 'statfs'],
  ...['name_to_handle_at', 'open_by_handle_at', 'fanotify_init', 'inotify_init1', 'quotactl', 'acct', 'swapon'],
  ...[
    'mknod',
    'mknodat',
    'symlinkat',
    'linkat',
    'init_module',
    'finit_module',
    'kexec_load',
    'reboot',
    'iopl',
    'ioperm',
  ],
  ...[
    'settimeofday',
    'clock_settime',
    'adjtimex',
    'sethostname',
    'modify_ldt',
    'uselib',
    'move_pages',
    'migrate_pages',
  ],
  ...['setuid', 'setgid', 'setgroups', 'setresuid', 'capset', 'setpriority', 'setrlimit', 'landlock_create_ruleset'],
];

/** By the guest's program, while a module runs; those of Python share theirs. */
const lists: Record<string, readonly SyscallName[]> = { node: nodeCalls, python: pythonModuleCalls };

test.each(Object.entries(lists))('the guest in %s asks for nothing dangerous, and for nothing twice', (_, calls) => {
  expect(calls.filter((name) => dangerous.includes(name))).toEqual([]);
  expect(new Set(calls).size).toBe(calls.length);
});

test('the guest in Python can start no program while a module runs; before, it limits itself', () => {
  expect(pythonCalls.filter((name) => !pythonModuleCalls.includes(name))).toEqual(['execve', 'seccomp']);
});

test('the table holds no call that no guest makes', () => {
  const made = new Set([...Object.values(lists).flat(), ...pythonCalls]);
  expect(Object.keys(syscalls).filter((name) => !made.has(name as SyscallName))).toEqual([]);
});

/** Numbers by name in a header of the kernel. */
function numbersIn(header: string): Map<string, number> {
  const lines = readFileSync(header, 'utf8').matchAll(/^#define __NR(?:3264)?_(\w+)\s+(\d+)/gm);
  return new Map([...lines].map(([, name, number]) => [name!, Number(number)]));
}

describe.runIf(requires('compiler'))('the numbers are those of the kernel’s headers', () => {
  const x64 = ['/usr/include/x86_64-linux-gnu/asm/unistd_64.h', '/usr/include/asm/unistd_64.h'].find(existsSync);
  const headers = [...(x64 ? [[x64, 0] as const] : []), ['/usr/include/asm-generic/unistd.h', 1] as const];
  /** The generic header calls them by a name of 32 bits. */
  const alias: Record<string, string> = { newfstatat: 'fstatat' };

  test.each(headers)('%s', (header, column) => {
    const numbers = numbersIn(header);
    const all = { ...syscalls, ...inspected };
    const wrong = Object.entries(all).filter(([name, columns]) => {
      const number = numbers.get(name) ?? (column === 1 ? numbers.get(alias[name] ?? '') : undefined) ?? null;
      return number !== null && columns[column] !== number;
    });
    expect(wrong).toEqual([]);
    const known = Object.keys(all).filter((name) => numbers.has(name));
    expect(known.length).toBeGreaterThan(column === 0 ? 120 : 85);
  });
});

describe.each<[Architecture, 0 | 1, { clone: number; clone3: number; ioctl: number; prctl: number }]>([
  ['x64', 0, { clone: 56, clone3: 435, ioctl: 16, prctl: 157 }],
  ['arm64', 1, { clone: 220, clone3: 435, ioctl: 29, prctl: 167 }],
])('the filter on %s', (architecture, column, known) => {
  const calls = nodeCalls;
  const program = seccompProgram(architecture, calls);
  const verdict = (call: Call) => run(program, call, audit[architecture]);

  test('every call ends in a verdict, whatever its numbers', () => {
    const word = fc.integer({ min: 0, max: 0xffff_ffff });
    fc.assert(
      fc.property(word, word, fc.array(word, { maxLength: 6 }), (number, other, args) => {
        expect([kill, allow, notPermitted, notImplemented]).toContain(verdict({ number, arguments: args }));
        if (other !== audit[architecture]) expect(verdict({ number, architecture: other, arguments: args })).toBe(kill);
      }),
    );
  });

  test('lets through what the list names, with any arguments, and no other call', () => {
    const listed = new Set<number | null>(calls.map((name) => syscalls[name][column]));
    const looked = Object.values(known);
    for (let number = 0; number <= lastKnown; number++)
      if (!looked.includes(number))
        expect([number, verdict({ number, arguments: [0xffff_ffff, 0xffff_ffff] })]).toEqual([
          number,
          listed.has(number) ? allow : notPermitted,
        ]);
  });

  test('a guest that asks for less gets less', () => {
    const small = seccompProgram(architecture, ['read']);
    const verdicts = [syscalls.read, syscalls.write].map((columns) =>
      run(small, { number: columns[column] }, audit[architecture]),
    );
    expect(verdicts).toEqual([allow, notPermitted]);
  });

  test('clone makes threads, never processes or namespaces', () => {
    const thread = 0x003d_0f00; // what the C library asks for: VM, FS, FILES, SIGHAND, THREAD, SYSVSEM, SETTLS, …
    expect(verdict({ number: known.clone, arguments: [thread] })).toBe(allow);
    expect(verdict({ number: known.clone, arguments: [17] })).toBe(notPermitted); // fork: SIGCHLD alone
    for (const flag of [0x0002_0000, 0x0200_0000, 0x0400_0000, 0x0800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000])
      expect(verdict({ number: known.clone, arguments: [thread + flag] })).toBe(notPermitted);
  });

  test('what the filter cannot see into, or does not know, does not exist', () => {
    expect(verdict({ number: known.clone3 })).toBe(notImplemented);
    expect(verdict({ number: lastKnown + 1 })).toBe(notImplemented);
  });

  test('a device is asked what it is, and told nothing', () => {
    expect(verdict({ number: known.ioctl, arguments: [0, 0x5401] })).toBe(allow); // TCGETS
    for (const request of [0x5412, 0x541c, 0x5402, 0xaf01]) // TIOCSTI, TIOCLINUX, TCSETS, VHOST_SET_OWNER
      expect(verdict({ number: known.ioctl, arguments: [0, request] })).toBe(notPermitted);
  });

  test('prctl gives names and nothing else', () => {
    expect(verdict({ number: known.prctl, arguments: [15] })).toBe(allow); // PR_SET_NAME
    for (const option of [1, 4, 22, 24, 36, 38, 53]) // PDEATHSIG, DUMPABLE, SECCOMP, CAPBSET_DROP, SUBREAPER, …
      expect(verdict({ number: known.prctl, arguments: [option] })).toBe(notPermitted);
  });
});

test('on x86-64 a call by its x32 number kills', () => {
  expect(run(seccompProgram('x64', nodeCalls), { number: 0x4000_0000 + 41 }, audit.x64)).toBe(kill);
});
