import type { Command } from 'commander';
import { inChild } from './in-child.ts';
import type { Later } from './later.ts';
import {
  attackOption,
  jobCount,
  ownSuiteArgument,
  poisonRate,
  scenarioOption,
  suiteArgument,
  wholeNumber,
} from './options.ts';

/** The attack suites. */
export function addSuiteCommands(program: Command, later: Later): void {
  const suite = program.command('suite').description('the attack suites');
  suite
    .command('list')
    .description('the published suites')
    .option('--json', 'as JSON')
    .action((options) => later(async () => (await import('../commands/suite-list.ts')).suiteList(options)));
  suite
    .command('build')
    .description('craft every attack of a suite, or of a suite file of your own; the same bytes on every machine')
    .addArgument(ownSuiteArgument())
    .addOption(attackOption())
    .requiredOption('--out <dir>', 'a folder that is new or holds this suite')
    .action((id, options) =>
      later(inChild(async () => (await import('../commands/suite-build.ts')).suiteBuild(id, options))),
    );
  suite
    .command('pull')
    .description('download a suite from the site at ANTIDOTE_URL; resumes, and mends files that differ')
    .addArgument(suiteArgument('id'))
    .requiredOption('--out <dir>', 'the folder that it goes into')
    .action((id, options) => later(async () => (await import('../commands/suite-pull.ts')).suitePull(id, options)));
  suite
    .command('verify')
    .description('compare a folder with its manifest and name each file that differs')
    .argument('<dir>', 'the folder of a built or pulled suite')
    .action((dir) => later(async () => (await import('../commands/suite-verify.ts')).suiteVerify(dir)));
  suite
    .command('export-jobs')
    .description('write what a defense is given in each trial as folders, for defenses in Python run without Node')
    .addArgument(suiteArgument('id'))
    .requiredOption('--out <dir>', 'a folder that is new or holds this export, which is gone on with')
    .option('--seeds <n>', 'the first n seeds only', wholeNumber)
    .addOption(scenarioOption())
    .option('--with-truth', 'test rows and undefended numbers too, apart, to score with')
    .action((id, options) =>
      later(inChild(async () => (await import('../commands/suite-export-jobs.ts')).suiteExportJobs(id, options))),
    );
  suite
    .command('calibrate')
    .description('measure the undefended numbers of a suite, or of a suite file of your own, and write them beside it')
    .addArgument(ownSuiteArgument())
    .addOption(attackOption())
    .option('--seeds <n>', 'of a file of your own: the first n seeds only', wholeNumber)
    .option('--gates', 'of a draft: at the seeds of its gates alone')
    .option('--jobs <n>', 'processes at once', jobCount)
    .option('--torch', 'with PyTorch, for defenses in Python that train')
    .action((id, options) =>
      later(inChild(async () => (await import('../commands/suite-calibrate.ts')).suiteCalibrate(id, options))),
    );
  suite
    .command('gates <id>', { hidden: true })
    .action((id) => later(inChild(async () => (await import('../commands/suite-gates.ts')).suiteGates(id))));
  suite
    .command('candidates <id> <scenario>', { hidden: true })
    .action((id, scenario) =>
      later(inChild(async () => (await import('../commands/suite-calibrate.ts')).suiteCandidates(id, scenario))),
    );
  suite
    .command('points <dataset>', { hidden: true })
    .argument('<rates...>', 'poison rates', (rate, rates: number[]) => [...rates, poisonRate(rate)], [])
    .action((dataset, rates) =>
      later(inChild(async () => (await import('../commands/suite-points.ts')).suitePoints(dataset, rates))),
    );
  suite
    .command('publish')
    .description('copy a built suite into the store of the local site (organizers)')
    .argument('<dir>', 'the folder of the built suite')
    .action((dir) => later(async () => (await import('../commands/suite-publish.ts')).suitePublish(dir)));
}
