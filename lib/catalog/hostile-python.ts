import type { HostileModule } from './hostile.ts';

/**
 * Modules in Python, by the name of their file in tests/fixtures/hostile/python. `scored`: what it tried was refused,
 * or gained it nothing.
 */
export const hostilePython = {
  allocates: { kind: 'filter', tries: 'fills its memory', outcome: 'out-of-memory' },
  'async-filter': { kind: 'filter', tries: 'returns a coroutine', outcome: 'bad-output' },
  'calls-the-kernel': {
    kind: 'filter',
    tries: 'calls the kernel by number, past everything that Python checks',
    outcome: 'scored',
  },
  'closes-its-streams': {
    kind: 'filter',
    tries: 'closes the pipes that its log is written to, and goes on',
    outcome: 'scored',
  },
  'computes-a-giant': {
    kind: 'filter',
    tries: 'computes a number so large that one instruction takes minutes',
    outcome: 'timed-out',
  },
  crashes: { kind: 'filter', tries: 'reads address 0', outcome: 'threw' },
  'declares-an-encoding': {
    kind: 'filter',
    tries: 'declares an encoding in which a comment is code that neither the check nor a reader sees',
    outcome: 'scored',
  },
  'execs-the-interpreter': {
    kind: 'filter',
    tries: 'puts a fresh interpreter in the place of its own process',
    outcome: 'scored',
  },
  'exits-later': { kind: 'filter', tries: 'has something to do when the process exits', outcome: 'scored' },
  exits: { kind: 'filter', tries: 'ends its process with 0, and leaves nothing', outcome: 'bad-output' },
  'fills-tmp': { kind: 'filter', tries: 'writes more to /tmp than it holds', outcome: 'too-large' },
  'floods-the-log': { kind: 'filter', tries: 'prints a gigabyte', outcome: 'scored' },
  'forks-by-ctypes': {
    kind: 'filter',
    tries: 'forks by the C library, which no hook of Python sees',
    outcome: 'scored',
  },
  forks: { kind: 'filter', tries: 'forks', outcome: 'threw' },
  'hooks-imports': { kind: 'filter', tries: 'takes the place of every later import', outcome: 'scored' },
  'ignores-signals': { kind: 'filter', tries: 'ignores every signal and sleeps', outcome: 'timed-out' },
  'inherits-descriptors': { kind: 'filter', tries: 'uses descriptors that somebody left open', outcome: 'scored' },
  'interrupts-itself': { kind: 'filter', tries: 'throws what is no error but an order to end', outcome: 'threw' },
  kills: { kind: 'filter', tries: 'kills every process that it can name', outcome: 'threw' },
  'leaves-a-link': { kind: 'filter', tries: 'leaves a link in place of its weights', outcome: 'threw' },
  'leaves-a-pickle': { kind: 'filter', tries: 'leaves a .npy file that holds a pickle', outcome: 'bad-output' },
  'leaves-its-own': {
    kind: 'filter',
    tries: 'leaves what it likes in /out and ends the process itself',
    outcome: 'bad-output',
  },
  'loads-a-library': {
    kind: 'filter',
    tries: 'copies a native library to /tmp, marks it as a program, and loads it',
    outcome: 'scored',
  },
  'mends-the-rows': { kind: 'filter', tries: 'changes the rows that it was asked to weigh', outcome: 'scored' },
  'nests-deeply': {
    kind: 'filter',
    tries: 'has the compiler read a text that nests a million brackets',
    outcome: 'threw',
  },
  'never-returns': { kind: 'filter', tries: 'never ends loading', outcome: 'timed-out' },
  'no-function': {
    kind: 'filter',
    tries: 'takes the function away while the module is loaded',
    outcome: 'not-a-defense',
  },
  'opens-a-socket': { kind: 'filter', tries: 'connects to an address', outcome: 'threw' },
  'outlives-its-return': {
    kind: 'filter',
    tries: 'leaves a thread that never ends, and would change what was returned',
    outcome: 'scored',
  },
  'path-files': {
    kind: 'filter',
    tries: 'has a .pth file run code, which is no more than it may run itself',
    outcome: 'scored',
  },
  pickles: {
    kind: 'filter',
    tries: 'loads a pickle that runs code, which is no more than it may run itself',
    outcome: 'scored',
  },
  'reads-the-host': {
    kind: 'filter',
    tries: 'reads what a machine tells of itself in /proc, /sys, /etc and in the folders of people',
    outcome: 'scored',
  },
  recurses: { kind: 'filter', tries: 'calls itself without end', outcome: 'threw' },
  'refuses-everything': {
    kind: 'filter',
    tries: 'has a hook of its own refuse everything that the guest does after it',
    outcome: 'threw',
  },
  'replaces-the-check': {
    kind: 'filter',
    tries: 'takes the guest’s own checks away, so that a weight of 2 is left',
    outcome: 'bad-output',
  },
  'returns-a-trap': { kind: 'filter', tries: 'returns a thing that throws when it is looked at', outcome: 'threw' },
  'returns-an-evil-object': {
    kind: 'filter',
    tries: 'returns an object that runs code when it is pickled, and lies when it is asked for an array',
    outcome: 'bad-output',
  },
  'runs-what-it-wrote': {
    kind: 'filter',
    tries: 'writes a program and puts it in the place of its own process',
    outcome: 'scored',
  },
  'says-ready-again': { kind: 'filter', tries: 'plays the guest to the supervisor', outcome: 'threw' },
  'seeks-the-streams': {
    kind: 'filter',
    tries: 'reads every file that it may, its arguments and its input for what the training draws from',
    outcome: 'scored',
  },
  'shadows-modules': {
    kind: 'filter',
    tries: 'puts modules of its own in the place of numpy, torch, json and the host’s',
    outcome: 'scored',
  },
  'spawns-workers': { kind: 'filter', tries: 'starts workers by multiprocessing', outcome: 'threw' },
  'starts-a-shell': { kind: 'filter', tries: 'starts a shell', outcome: 'threw' },
  'starts-threads': { kind: 'filter', tries: 'starts threads without end', outcome: 'threw' },
  'syntax-error': { kind: 'filter', tries: 'is no Python', outcome: 'not-a-defense' },
  'throws-a-book': {
    kind: 'filter',
    tries: 'a message of ten megabytes with terminal sequences, HTML and bidi marks',
    outcome: 'threw',
  },
  'throws-a-trap': { kind: 'filter', tries: 'throws a thing whose words throw', outcome: 'threw' },
  traces: { kind: 'filter', tries: 'traces every line that runs from now on, the guest’s too', outcome: 'scored' },
  'train-infinite': { kind: 'train', tries: 'a weight that float32 does not hold', outcome: 'not-finite' },
  'train-many-members': {
    kind: 'train',
    tries: 'a list that claims to be of a billion sets of weights',
    outcome: 'too-large',
  },
  'train-objects': { kind: 'train', tries: 'objects in place of numbers', outcome: 'bad-output' },
  'train-shifting-mapping': {
    kind: 'train',
    tries: 'weights by name that change from one reading to the next',
    outcome: 'bad-output',
  },
  'writes-where-it-must-not': {
    kind: 'filter',
    tries: 'writes into its job, its packages, the interpreter, the guest and the root folder',
    outcome: 'scored',
  },
} satisfies Record<string, HostileModule>;
