import { faultsIn } from './fault.ts';

const check = ['tests/lib/contract/python/check-python.test.ts'];

/** Defenses in Python: their check, their jail, their row. */
export const python = [
  ...faultsIn('lib/contract/python/imports.ts', check, [
    ['python-any-import', '(!standardLibrary.has(name) &&', '(false &&', 'A module imports what no set has.'],
  ]),
  ...faultsIn('lib/contract/python/kind.ts', check, [
    ['python-kind-anywhere', 'if (depth > 0 || brackets > 0 ||', 'if (brackets > 0 ||', 'A method is the defense.'],
  ]),
  ...faultsIn('lib/contract/python/nesting.ts', check, [
    ['python-indents', 'if (indents > most.indents)', 'if (indents > 1e9)', 'A text passes that Python refuses.'],
  ]),
  ...faultsIn(
    'lib/module-check/pool.ts',
    ['tests/lib/module-check/pool.test.ts'],
    [['python-spent-reader', 'if (spent) await', 'if (spent && false) await', 'A broken parser reads on.']],
  ),
  ...faultsIn(
    'runner/jail/second-filter.ts',
    ['tests/runner/jail/hostile-python.test.ts'],
    [['python-one-filter', 'if (!moduleCalls ||', 'if (moduleCalls ||', 'A module starts another program.']],
  ),
  ...faultsIn(
    'lib/db/standings.ts',
    ['tests/db/python.test.ts'],
    [['python-unlabelled', 'runtime: row.runtime,', "runtime: 'javascript',", 'The board hides the language.']],
  ),
];
