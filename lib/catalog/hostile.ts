import type { DefenseKind, Outcome } from '../contract/ids.ts';

/**
 * What the jail is tried with. Each is run in the real one by tests/runner/jail; here is what each tries, and how it
 * ends.
 */

export type HostileModule = { readonly kind: DefenseKind; readonly tries: string; readonly outcome: Outcome };

/**
 * Modules as a stranger would upload them, by the name of their file in tests/fixtures/hostile/modules. `scored`: it
 * changed nothing.
 */
export const hostileModules = {
  'a-class-instance': { kind: 'filter', tries: 'an instance of a class', outcome: 'not-a-defense' },
  'a-function': { kind: 'filter', tries: 'a function in place of an object', outcome: 'not-a-defense' },
  'allocates-arrays': { kind: 'filter', tries: 'fills typed arrays', outcome: 'out-of-memory' },
  'allocates-objects': { kind: 'filter', tries: 'fills the heap', outcome: 'out-of-memory' },
  'allocates-one-array': {
    kind: 'filter',
    tries: 'asks for an array larger than everything',
    outcome: 'out-of-memory',
  },
  binds: { kind: 'filter', tries: 'asks for process.binding', outcome: 'threw' },
  dlopens: { kind: 'filter', tries: 'loads a native library', outcome: 'threw' },
  'filter-above-one': { kind: 'filter', tries: 'a weight of 2', outcome: 'bad-output' },
  'filter-drops-all': { kind: 'filter', tries: 'leaves no row', outcome: 'bad-output' },
  'filter-infinite': { kind: 'filter', tries: 'an infinite weight', outcome: 'not-finite' },
  'filter-nan': { kind: 'filter', tries: 'a weight that is not a number', outcome: 'not-finite' },
  'filter-nothing': { kind: 'filter', tries: 'returns nothing', outcome: 'bad-output' },
  'filter-plain-array': { kind: 'filter', tries: 'a list in place of a Float32Array', outcome: 'bad-output' },
  'filter-proxy': { kind: 'filter', tries: 'a proxy that claims to be a Float32Array', outcome: 'bad-output' },
  'filter-wrong-length': { kind: 'filter', tries: 'one weight too few', outcome: 'bad-output' },
  'finds-process': { kind: 'filter', tries: 'looks for process in every realm it can reach', outcome: 'threw' },
  'floods-the-log': { kind: 'shape', tries: 'prints a gigabyte', outcome: 'scored' },
  'grows-wasm-memory': { kind: 'filter', tries: 'fills WebAssembly memories', outcome: 'out-of-memory' },
  'imports-a-package': { kind: 'filter', tries: 'imports a package', outcome: 'blocked-import' },
  'imports-by-eval': { kind: 'filter', tries: 'imports from a text that it evaluates', outcome: 'blocked-import' },
  'imports-by-function': { kind: 'filter', tries: 'imports from a function that it makes', outcome: 'blocked-import' },
  'imports-data': { kind: 'filter', tries: 'imports a data address', outcome: 'blocked-import' },
  'imports-from-the-network': { kind: 'filter', tries: 'imports from an address', outcome: 'blocked-import' },
  'imports-later': { kind: 'filter', tries: 'imports when called', outcome: 'blocked-import' },
  imports: { kind: 'filter', tries: 'imports a module of Node', outcome: 'blocked-import' },
  'mends-the-rows': { kind: 'filter', tries: 'changes the rows that it was asked to weigh', outcome: 'scored' },
  'more-exports': { kind: 'shape', tries: 'exports more than it must', outcome: 'scored' },
  'never-resolves-but-waits': { kind: 'train', tries: 'never resolves, and keeps a timer', outcome: 'timed-out' },
  'never-resolves': { kind: 'train', tries: 'never resolves, with nothing left to wait for', outcome: 'timed-out' },
  'never-returns-on-loading': { kind: 'shape', tries: 'never ends loading', outcome: 'timed-out' },
  'never-returns': { kind: 'filter', tries: 'never returns', outcome: 'timed-out' },
  'no-default': { kind: 'filter', tries: 'exports no default', outcome: 'not-a-defense' },
  'no-kind': { kind: 'filter', tries: 'none of the three methods', outcome: 'not-a-defense' },
  'no-method': { kind: 'filter', tries: 'a number called filter', outcome: 'not-a-defense' },
  'overrides-clock-and-chance': { kind: 'shape', tries: 'replaces Math.random and Date', outcome: 'scored' },
  'overrides-float32': { kind: 'filter', tries: 'puts a class of its own in place of Float32Array', outcome: 'scored' },
  'pollutes-arrays': { kind: 'train', tries: 'breaks the iteration of arrays', outcome: 'threw' },
  'pollutes-json': { kind: 'filter', tries: 'breaks JSON, and then throws', outcome: 'bad-output' },
  'pollutes-object': { kind: 'train', tries: 'adds to Object.prototype before it returns', outcome: 'bad-output' },
  'pollutes-promises': { kind: 'train', tries: 'breaks then', outcome: 'bad-output' },
  'prints-sequences': {
    kind: 'filter',
    tries: 'terminal sequences, HTML and bidi marks in its message',
    outcome: 'threw',
  },
  'rejects-unseen': { kind: 'train', tries: 'rejects a promise that nobody awaits', outcome: 'threw' },
  requires: { kind: 'filter', tries: 'asks for require', outcome: 'blocked-import' },
  'says-ready-again': { kind: 'filter', tries: 'plays the guest to the supervisor', outcome: 'threw' },
  'shape-diverges': { kind: 'shape', tries: 'steps so large that the weights overflow', outcome: 'not-finite' },
  'shape-nan': { kind: 'shape', tries: 'a gradient that is not a number', outcome: 'not-finite' },
  'shape-nothing': { kind: 'shape', tries: 'returns no gradient', outcome: 'bad-output' },
  'shape-own-gradient': { kind: 'shape', tries: 'a gradient of its own making', outcome: 'bad-output' },
  sleeps: { kind: 'filter', tries: 'sleeps past the deadline', outcome: 'timed-out' },
  'syntax-error': { kind: 'filter', tries: 'is no JavaScript', outcome: 'not-a-defense' },
  'throws-a-trap': { kind: 'filter', tries: 'throws a thing that throws when looked at', outcome: 'threw' },
  'throws-late': { kind: 'train', tries: 'throws from a timer', outcome: 'threw' },
  'throws-nothing': { kind: 'filter', tries: 'throws undefined', outcome: 'threw' },
  'throws-on-loading': { kind: 'filter', tries: 'throws before it is asked for anything', outcome: 'threw' },
  throws: { kind: 'filter', tries: 'throws', outcome: 'threw' },
  'train-empty': { kind: 'train', tries: 'returns no weights', outcome: 'bad-output' },
  'train-infinite': { kind: 'train', tries: 'an infinite weight', outcome: 'not-finite' },
  'train-nan': { kind: 'train', tries: 'a weight that is not a number', outcome: 'not-finite' },
  'train-nothing': { kind: 'train', tries: 'returns nothing', outcome: 'bad-output' },
  'train-one-missing': { kind: 'train', tries: 'one array too few', outcome: 'bad-output' },
  'train-one-more': { kind: 'train', tries: 'one array too many', outcome: 'bad-output' },
  'train-one-twice': { kind: 'train', tries: 'one array twice, another not', outcome: 'bad-output' },
  'train-shifting-getters': {
    kind: 'train',
    tries: 'arrays whose fields change from one reading to the next',
    outcome: 'bad-output',
  },
  'train-too-large': { kind: 'train', tries: 'more sets of weights than fit into /out', outcome: 'too-large' },
  'train-too-many-members': { kind: 'train', tries: 'more sets of weights than have a name', outcome: 'too-large' },
  'train-trapped-getters': { kind: 'train', tries: 'arrays whose fields throw when read', outcome: 'threw' },
  'train-wrong-length': { kind: 'train', tries: 'too few numbers for the shape', outcome: 'bad-output' },
  'train-wrong-name': { kind: 'train', tries: 'an array of another name', outcome: 'bad-output' },
  'train-wrong-shape': { kind: 'train', tries: 'a transposed shape', outcome: 'bad-output' },
  'train-wrong-type': { kind: 'train', tries: 'float64 numbers', outcome: 'bad-output' },
  'two-kinds': { kind: 'filter', tries: 'two kinds at once', outcome: 'not-a-defense' },
  'train-400-members': {
    kind: 'train',
    tries: 'four hundred sets of weights, each of which would be predicted with',
    outcome: 'too-large',
  },
  'train-sparse-members': {
    kind: 'train',
    tries: 'one set of weights in a list that claims to be of four billion',
    outcome: 'too-large',
  },
  'train-long-name': { kind: 'train', tries: 'an array whose name is a megabyte', outcome: 'bad-output' },
  'train-long-shape': { kind: 'train', tries: 'arrays of twenty thousand dimensions', outcome: 'bad-output' },
  'throws-a-book': { kind: 'filter', tries: 'a message of ten megabytes', outcome: 'threw' },
  'waits-for-a-bell': { kind: 'filter', tries: 'stops its thread for ever', outcome: 'timed-out' },
  backtracks: {
    kind: 'filter',
    tries: 'an expression that backtracks without end, which no timer interrupts',
    outcome: 'timed-out',
  },
  'promises-for-ever': {
    kind: 'filter',
    tries: 'one promise after the other, so that no timer ever runs',
    outcome: 'timed-out',
  },
  recurses: { kind: 'filter', tries: 'calls itself without end', outcome: 'threw' },
  'builds-a-clock': {
    kind: 'filter',
    tries: 'makes a clock of its own to weigh rows by, and finds the time standing still',
    outcome: 'scored',
  },
  'breaks-stack-traces': {
    kind: 'filter',
    tries: 'makes every stack trace endless, and its making throw',
    outcome: 'threw',
  },
  'closes-the-log': {
    kind: 'filter',
    tries: 'closes the pipe that its log is written to, and goes on',
    outcome: 'scored',
  },
  'compiles-wasm': {
    kind: 'filter',
    tries: 'compiles WebAssembly modules of ten thousand functions and keeps them',
    outcome: 'out-of-memory',
  },
  'computes-a-giant': {
    kind: 'filter',
    tries: 'multiplies numbers so large that one instruction takes minutes',
    outcome: 'timed-out',
  },
  'floods-a-channel': {
    kind: 'filter',
    tries: 'sends itself messages that nobody reads, which lie outside of the heap',
    outcome: 'out-of-memory',
  },
  'keeps-blobs': { kind: 'filter', tries: 'keeps blobs, which lie outside of the heap', outcome: 'out-of-memory' },
  'logs-for-ever': { kind: 'filter', tries: 'logs a thing whose text it makes itself, without end', outcome: 'threw' },
  'logs-one-line': { kind: 'filter', tries: 'logs one line of 64 MiB', outcome: 'scored' },
  'reaches-a-socket': {
    kind: 'filter',
    tries: 'finds the class of sockets behind the console, and connects',
    outcome: 'threw',
  },
  'then-then': {
    kind: 'train',
    tries: 'promises another promise, which promises another, without end',
    outcome: 'timed-out',
  },
  'train-denormal': { kind: 'train', tries: 'weights so small that processors are slow with them', outcome: 'scored' },
  'train-detached': { kind: 'train', tries: 'arrays whose memory was given away', outcome: 'threw' },
  'train-growing-array': {
    kind: 'train',
    tries: 'arrays over memory that grows while it is read',
    outcome: 'out-of-memory',
  },
  'train-largest': { kind: 'train', tries: 'weights so large that every product overflows', outcome: 'scored' },
  'train-payload': {
    kind: 'train',
    tries: 'weights that are not numbers, with a message in the bits that a NaN leaves free',
    outcome: 'not-finite',
  },
  'trains-on': { kind: 'filter', tries: 'goes on training beside the harness when it has returned', outcome: 'scored' },
} satisfies Record<string, HostileModule>;

type HostileProgram = { readonly does: string; readonly ends: string };

/**
 * Programs that run in the guest's place, with all of Node at hand, as if the guest had been broken;
 * tests/fixtures/hostile/programs.
 */
export const hostilePrograms = {
  'claims-a-terabyte': { does: 'leaves weights of a terabyte that take no room', ends: 'too-large: it is not read' },
  'does-nothing': {
    does: 'ends: what it takes is the jail’s own time',
    ends: 'what is measured is the jail’s own start, which no module is charged',
  },
  'ends-before-ready': {
    does: 'fails before it is ready: the harness’s own fault',
    ends: 'our fault: tried again, never scored',
  },
  escapes: {
    does: 'tries to get out',
    ends: 'every call is refused: no network, no process, no capability, nothing of the host to read or write',
  },
  'fills-memory': { does: 'takes memory outside of JavaScript’s heap until it may not', ends: 'out-of-memory: killed' },
  'fills-out': {
    does: 'writes to /out until it may not, in files that the supervisor does and does not look for',
    ends: 'the folder is full at its limit',
  },
  'fills-tmp': { does: 'writes to /tmp until it may not', ends: 'the folder is full at 64 MiB' },
  'ignores-signals': { does: 'goes on, whatever it is told', ends: 'timed-out: killed within a second of its limit' },
  'leaves-a-folder': { does: 'leaves a folder as its weights', ends: 'bad-output: it is not read' },
  'leaves-a-hardlink': { does: 'leaves one file by two names', ends: 'refused: no link is made' },
  'leaves-a-symlink': {
    does: 'leaves a link to a file of the supervisor’s machine as its weights',
    ends: 'refused: no link is made',
  },
  'leaves-linked-members': {
    does: 'leaves a link to a folder of the supervisor’s machine as its members',
    ends: 'refused: no link is made',
  },
  'looks-around': {
    does: 'leaves what it sees',
    ends: 'five variables of the environment, no network, no file of the host',
  },
  'looks-at-its-job': {
    does: 'tells what lay in its job folder before it was told to begin',
    ends: 'nothing: the folder is empty until its trial begins',
  },
  'prints-much': { does: 'prints a hundred megabytes', ends: 'the first 64 KiB are kept' },
  'starts-threads': {
    does: 'starts threads until it may not, each of which would go on for ever',
    ends: 'held to its number of tasks, and dead with it',
  },
  'leaves-400-members': { does: 'leaves four hundred sets of weights', ends: 'too-large: none is predicted with' },
  'leaves-a-long-key': {
    does: 'leaves weights whose header has a key of 900,000 characters',
    ends: 'bad-output: told in one short line',
  },
  'leaves-a-long-shape': {
    does: 'leaves weights of twenty thousand dimensions',
    ends: 'bad-output: told in one short line',
  },
  'leaves-many-arrays': {
    does: 'leaves weights of fifteen thousand empty arrays',
    ends: 'bad-output: they are not the model’s',
  },
  'leaves-a-long-account': {
    does: 'leaves an account of its failure in 60,000 invisible and bidirectional characters',
    ends: 'threw: one plain line of at most 200 characters',
  },
  'leaves-a-deep-account': {
    does: 'leaves an account of its failure that nests thirty thousand lists',
    ends: 'bad-output: it is no account',
  },
  'leaves-a-deep-header': {
    does: 'leaves weights whose header nests half a million lists',
    ends: 'bad-output: more than eight levels are not read',
  },
  'leaves-a-nul-name': {
    does: 'leaves weights with NUL, a path and a prototype among their names',
    ends: 'bad-output: a plain name is wanted',
  },
  'makes-many-files': {
    does: 'makes empty files, which take none of a folder’s bytes, until it may not',
    ends: 'the folder is full at 4,095 files',
  },
  'locks-its-members': {
    does: 'leaves a folder of members that nobody may list',
    ends: 'bad-output, or there is nothing: it is not our fault',
  },
  'opens-many-files': {
    does: 'opens one file until it may not, keeps them all, and ends as if nothing were',
    ends: 'nothing comes of it',
  },
} satisfies Record<string, HostileProgram>;
