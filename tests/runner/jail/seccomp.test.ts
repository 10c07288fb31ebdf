import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Architecture, seccompProgram } from '../../../runner/jail/seccomp.ts';
import { denied, lastKnown } from '../../../runner/jail/syscalls.ts';

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

describe.each<[Architecture, 0 | 1, { clone: number; clone3: number; ioctl: number; read: number; execve: number }]>([
  ['x64', 0, { clone: 56, clone3: 435, ioctl: 16, read: 0, execve: 59 }],
  ['arm64', 1, { clone: 220, clone3: 435, ioctl: 29, read: 63, execve: 221 }],
])('the filter on %s', (architecture, column, known) => {
  const program = seccompProgram(architecture);
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

  test('every call of the list is denied, with any arguments', () => {
    for (const columns of Object.values(denied)) {
      const number = columns[column];
      if (number !== null) expect(verdict({ number, arguments: [0xffff_ffff, 0xffff_ffff] })).toBe(notPermitted);
    }
  });

  test('all other known calls are allowed', () => {
    const listed = new Set<number | null>([
      ...Object.values(denied).map((columns) => columns[column]),
      known.clone,
      known.clone3,
      known.ioctl,
    ]);
    for (let number = 0; number <= lastKnown; number++)
      if (!listed.has(number)) expect(verdict({ number })).toBe(allow);
    expect([verdict({ number: known.read }), verdict({ number: known.execve })]).toEqual([allow, allow]);
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

  test('nothing is typed into a terminal', () => {
    expect(verdict({ number: known.ioctl, arguments: [0, 0x5412] })).toBe(notPermitted);
    expect(verdict({ number: known.ioctl, arguments: [0, 0x541c] })).toBe(notPermitted);
    expect(verdict({ number: known.ioctl, arguments: [0, 0x5401] })).toBe(allow);
  });
});

test('on x86-64 a call by its x32 number kills', () => {
  expect(run(seccompProgram('x64'), { number: 0x4000_0000 + 41 }, audit.x64)).toBe(kill);
});
