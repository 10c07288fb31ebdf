/**
 * What one command checks: `npm test -- --lane <id>`. Each of its commands must succeed, and each test of its groups.
 */
export type Lane = {
  readonly id: string;
  readonly title: string;
  /** Programs of node_modules/.bin and their arguments, run in the project's root before the tests. */
  readonly commands: readonly (readonly [program: string, ...args: string[]])[];
  /** Groups of test files, by their names in vitest.config.ts. */
  readonly groups: readonly string[];
};

const checks: Lane['commands'] = [
  ['biome', 'check', '--error-on-warnings'],
  ['next', 'typegen'],
  ['tsc', '--noEmit'],
];

/** Lanes of long tests. The tests of each lie in tests/<id>/, and no other lane runs them. */
export const longLanes: readonly Lane[] = [
  { id: 'kill', title: 'site, runners and database killed at random, a disk that fails; modules without end' },
  { id: 'study', title: 'a cell of every part of the study of the paper, run again' },
  { id: 'cheats', title: 'every cheat, trained and scored on smoke-1, smoke-2 and core-2' },
  { id: 'gvisor', title: 'the second jail: the contract of the port, and everything hostile' },
  {
    id: 'python',
    title: 'the package for defenses in Python on old and new NumPy, its types, PyTorch and JAX in the jail',
  },
  { id: 'fuzz', title: 'thousands of requests made from the OpenAPI document, to a site' },
  { id: 'load', title: '200 clients at the built site for five minutes, beside runners that hold leases' },
  { id: 'stories', title: 'a picture of every page and every state, two widths, both themes, for people to look at' },
  { id: 'mutants', title: 'planted faults, each of which a test must see' },
  {
    id: 'draw',
    title:
      'plan core drawn on whole data sets, wherever they are on this machine; a season opened, killed, closed and verified',
  },
  {
    id: 'season',
    title:
      'a whole season on real letters: a site, a runner, three defenses and two cheats, nothing told before its close',
  },
  { id: 'properties', title: 'accountants and readers of bytes on very many random inputs' },
].map((lane) => ({ ...lane, commands: [], groups: [lane.id] }));

/** To add a lane, add a record: here, or to the long ones. */
export const lanes: readonly Lane[] = [
  {
    id: 'quick',
    title: 'lint, types, and every test file that takes less than two seconds',
    commands: checks,
    groups: ['quick', 'quick-apart'],
  },
  {
    id: 'full',
    title: 'all that must hold before a change is taken',
    commands: [...checks, ['antidote', 'build']],
    groups: ['quick', 'quick-apart', 'slow', 'whole'],
  },
  {
    id: 'node',
    title: 'on another version of Node: the quick tests, and a submission in JavaScript from the form to its score',
    commands: [],
    groups: ['quick', 'quick-apart', 'whole-in-javascript'],
  },
  ...longLanes,
];
