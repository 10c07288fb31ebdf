import { inspected, lastKnown, type SyscallName, syscalls } from './syscalls.ts';

/** One instruction of classic BPF: struct sock_filter of linux/filter.h. */
type Instruction = readonly [code: number, jumpTrue: number, jumpFalse: number, k: number];

// Offsets in struct seccomp_data of linux/seccomp.h; an argument's low half comes first on both architectures.
const data = { number: 0, architecture: 4, argument: (index: number) => 16 + 8 * index };

const load = (offset: number): Instruction => [0x20, 0, 0, offset];
const answer = (verdict: number): Instruction => [0x06, 0, 0, verdict];
/** The next instruction runs if the test holds, else it is skipped. */
const ifEqual = (value: number): Instruction => [0x15, 0, 1, value];
const ifAtLeast = (value: number): Instruction => [0x35, 0, 1, value];
const ifAnyBit = (mask: number): Instruction => [0x45, 0, 1, mask];
const unlessEqual = (value: number): Instruction => [0x15, 1, 0, value];
const unlessAnyBit = (mask: number): Instruction => [0x45, 1, 0, mask];

const kill = answer(0x8000_0000);
const allow = answer(0x7fff_0000);
const notPermitted = answer(0x0005_0001); // EPERM
const notImplemented = answer(0x0005_0026); // ENOSYS

// linux/sched.h: every CLONE_NEW* that clone takes; linux/audit.h
export const cloneThread = 0x0001_0000;
export const cloneNew = 0x7e02_0000;
/** TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX (asm-generic/ioctls.h): what is open, and how it blocks. */
export const ioctlRequests = [0x5401, 0x5413, 0x541b, 0x5421, 0x5450, 0x5451];
/** PR_SET_NAME, PR_GET_NAME, PR_SET_VMA (linux/prctl.h): names of threads and of memory. */
export const prctlOptions = [15, 16, 0x5356_4d41];
const architectures = { x64: { audit: 0xc000_003e, column: 0 }, arm64: { audit: 0xc000_00b7, column: 1 } } as const;
const x32 = 0x4000_0000;

export type Architecture = keyof typeof architectures;
export const isKnownArchitecture = (name: string): name is Architecture => name in architectures;

/**
 * A guest's system call filter: a seccomp program in classic BPF, the bytes that `bwrap --seccomp` reads. It lets
 * these calls through and answers every other with EPERM. A call of another architecture or of x32 kills the process.
 * `clone` makes threads and nothing else; `clone3`, whose flags a filter can't see, does not exist (the C library falls
 * back to clone), nor does any call younger than the table of calls. `ioctl` and `prctl` are let through for a few
 * requests.
 */
export function seccompProgram(architecture: Architecture, calls: readonly SyscallName[]): Uint8Array {
  const { audit, column } = architectures[architecture];
  const numbers = calls.flatMap((name) => syscalls[name][column] ?? []);
  const program: Instruction[] = [
    load(data.architecture),
    ...[unlessEqual(audit), kill],
    load(data.number),
    ...(architecture === 'x64' ? [ifAnyBit(x32), kill] : []),
    ...numbers.flatMap((number) => [ifEqual(number), allow]),
    ...[ifEqual(inspected.clone3[column]), notImplemented],
    ...[ifAtLeast(lastKnown + 1), notImplemented],
    ...when(inspected.clone[column], [
      load(data.argument(0)),
      ifAnyBit(cloneNew),
      notPermitted,
      unlessAnyBit(cloneThread),
      notPermitted,
      allow,
    ]),
    ...when(inspected.ioctl[column], onlyFor(1, ioctlRequests)),
    ...when(inspected.prctl[column], onlyFor(0, prctlOptions)),
    notPermitted,
  ];
  return bytesOf(program);
}

const onlyFor = (argument: number, values: readonly number[]): Instruction[] => [
  load(data.argument(argument)),
  ...values.flatMap((value) => [ifEqual(value), allow]),
  notPermitted,
];

/** The body runs for this call only. It ends with a verdict. */
const when = (number: number, body: Instruction[]): Instruction[] => [[0x15, 0, body.length, number], ...body];

function bytesOf(program: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(8 * program.length);
  const view = new DataView(bytes.buffer);
  program.forEach(([code, jumpTrue, jumpFalse, k], i) => {
    view.setUint16(8 * i, code, true);
    view.setUint8(8 * i + 2, jumpTrue);
    view.setUint8(8 * i + 3, jumpFalse);
    view.setUint32(8 * i + 4, k, true);
  });
  return bytes;
}
