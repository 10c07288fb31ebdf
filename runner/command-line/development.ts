import { type Command, Option } from 'commander';
import { interrupted } from '../terminal/interrupt.ts';
import type { Later } from './later.ts';
import { jobCount } from './options.ts';

/** The engine, benchmarks, tests and the study; and the processes that other commands start. */
export function addDevelopmentCommands(program: Command, later: Later): void {
  program
    .command('engine-native')
    .description('install the native engine, about three times faster than wasm')
    .action(() => later(async () => (await import('../commands/engine-native.ts')).engineNative()));
  program
    .command('bench')
    .description('steps per second, and the ratios that matter, on each engine')
    .argument('[part]', 'a benchmark of tests/bench', 'engine')
    .argument('[python]', 'for engine: a Python that has torch and opacus', 'python3')
    .action((part, python) => later(async () => (await import('../commands/bench.ts')).bench(part, python)));
  program
    .command('tuning')
    .description('evaluate the reference defenses with other values of their main parameters; what is done is kept')
    .argument('<folder>', 'where modules and reports go')
    .option('--jobs <n>', 'trials at once', jobCount)
    .action((folder, options) => later(async () => (await import('../commands/tuning.ts')).tuning(folder, options)));
  program
    .command('paper')
    .description("measure the seed paper's numbers again; what is done is kept")
    .addOption(
      new Option('--part <part>', 'one part of it').choices([
        'flips',
        'slab',
        'insertion',
        'convolution',
        'collision',
        'targeted',
      ]),
    )
    .action((options) => later(async () => (await import('../commands/paper.ts')).paper(options)));
  program
    .command('paper-slab-points', { hidden: true })
    .action(() => later(async () => (await import('../commands/paper-slab-points.ts')).paperSlabPoints()));
  program
    .command('test')
    .description('every test that this machine can run, or those of a lane')
    .argument('[filters...]', 'of these files only')
    .option('--lane <id>', 'quick, full or one of the long ones: tests/README.md')
    .action((filters, options) => later(async () => (await import('../lanes/test.ts')).test(filters, options)));
  program
    .command('calibration-process <suite> <backend>', { hidden: true })
    .option('--attack <file>')
    .action((suite, backend, options) =>
      later(async () => (await import('../craft/calibration-process.ts')).calibrationProcess(suite, backend, options)),
    );
  program
    .command('jail-calls', { hidden: true })
    .action(() => later(async () => (await import('../commands/jail-calls.ts')).printJailCalls()));
  program
    .command('jail-record', { hidden: true })
    .action(() => later(async () => (await import('../commands/jail-record.ts')).writeJailRecord()));
  program
    .command('trial-process', { hidden: true })
    .action(() => later(async () => (await import('../trial/trial-process.ts')).trialProcess(interrupted)));
}
