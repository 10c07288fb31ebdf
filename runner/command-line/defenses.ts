import { type Command, Option } from 'commander';
import { LanguageId } from '../../lib/contract/runtime.ts';
import { inChild } from './in-child.ts';
import type { Later } from './later.ts';
import {
  attackOption,
  delta,
  jobCount,
  noiseMultiplier,
  ownSuiteOption,
  samplingRate,
  scenarioOption,
  suiteOrSeasonOptions,
  wholeNumber,
} from './options.ts';

/** What a researcher does with a module on this machine. */
export function addDefenseCommands(program: Command, later: Later): void {
  program
    .command('evaluate')
    .description('run every trial of a suite with a module file, or a baseline by its id, in the jail')
    .argument('<defense>', 'a file, such as my-defense/shape.mjs, or the id of a baseline, such as dp-sgd')
    .addOption(ownSuiteOption())
    .addOption(attackOption())
    .addOption(scenarioOption())
    .option('--seeds <n>', 'the first n seeds only', wholeNumber)
    .option('--jobs <n>', 'trials at once', jobCount)
    .option('--json <file>', 'the report, to a file or with - to stdout')
    .option('--artifacts', 'also measure the gradients of the poison against those of clean rows, after each epoch')
    .option('--no-jail', "without a jail: for one's own module only")
    .action((defense, options) =>
      later(inChild(async () => (await import('../commands/evaluate.ts')).evaluate(defense, options))),
    );

  const [suite, season] = suiteOrSeasonOptions();
  program
    .command('verify')
    .description(
      'run a row of the board again, a baseline by its id or a submission by its own, and compare every number; exits with 1 where one differs',
    )
    .argument('<row>', 'the id of a baseline, such as dp-sgd, or of a submission')
    .addOption(suite)
    .addOption(season)
    .addOption(scenarioOption())
    .option('--seeds <n>', 'the first n seeds only', wholeNumber)
    .option('--jobs <n>', 'trials at once', jobCount)
    .action((row, options) => later(inChild(async () => (await import('../commands/verify.ts')).verify(row, options))));

  program
    .command('check')
    .description('what the site checks at upload, without training: size, syntax, kind, imports')
    .argument('<file>', 'the module')
    .action((file) => later(async () => (await import('../commands/check.ts')).check(file)));

  program
    .command('epsilon')
    .description('the ε of DP-SGD, by Rényi accounting and by privacy loss random variables')
    .requiredOption('--sampling-rate <q>', 'expected batch size / training rows', samplingRate)
    .requiredOption('--noise-multiplier <s>', 'noise std / clipping norm', noiseMultiplier)
    .requiredOption('--steps <n>', 'optimizer steps', wholeNumber)
    .requiredOption('--delta <d>', 'δ of (ε, δ)', delta)
    .option('--json', 'as JSON')
    .action((options) => later(async () => (await import('../commands/epsilon.ts')).epsilon(options)));

  program
    .command('init')
    .description('write a module of each kind to start from, into a new folder')
    .argument('[name]', 'of the folder', 'my-defense')
    .addOption(new Option('--language <language>', 'of the modules').choices(LanguageId.options).default('javascript'))
    .action((name, { language }) => later(async () => (await import('../commands/init.ts')).init(name, language)));
}
