import { type Command, Option } from 'commander';
import { runnerLabels } from '../../lib/contract/protocol.ts';
import type { Later } from './later.ts';
import { jobCount, officialClass } from './options.ts';

/** A runner, and a site of one's own. */
export function addSiteCommands(program: Command, later: Later): void {
  program
    .command('work')
    .description('the runner: lease, jail, score, post')
    .option('--jobs <n>', 'jobs at once', jobCount)
    .option('--once', 'end when there is nothing to do')
    .action((options) => later(async () => (await import('../commands/work.ts')).work(options)));
  program
    .command('doctor')
    .description('what this machine has and lacks, and what mends it')
    .option('--json', 'as JSON')
    .option('--install', 'install what is missing, as root on Debian or Ubuntu')
    .action((options) => later(async () => (await import('../commands/doctor.ts')).doctor(options)));
  program
    .command('python-env')
    .description('make a set of packages for defenses in Python: numpy, jax or torch')
    .argument('[set]', 'which', 'numpy')
    .action((set) => later(async () => (await import('../commands/python-env.ts')).pythonEnv(set)));

  program
    .command('start')
    .description('site, database and one local runner')
    .action(() => later(async () => (await import('../commands/start.ts')).start()));
  program
    .command('build')
    .description("the site's pages")
    .action(() => later(async () => (await import('../commands/build.ts')).build()));
  program
    .command('sign-in-link')
    .description('another one-time link to the local site')
    .action(() => later(async () => (await import('../commands/chores.ts')).signInLink()));
  program
    .command('runner-code')
    .description('a one-time code with which a runner enrols')
    .addOption(new Option('--class <class>').argParser(officialClass).hideHelp())
    .option('--labels <labels>', 'what it may offer, separated by commas', runnerLabels.join(','))
    .action((options) => later(async () => (await import('../commands/chores.ts')).runnerCode(options)));
  program
    .command('runner <order> <runner>')
    .description('drain, quarantine, retire or activate an enrolled runner (organizers)')
    .requiredOption('--reason <text>', 'why; kept for ever')
    .action((order, id, options) =>
      later(async () => (await import('../commands/runner.ts')).orderRunner(order, id, options)),
    );
  program
    .command('decide <job> <choice>')
    .description('of two runs of a job that disagree, which stands: first or again; or third, to ask a third runner')
    .requiredOption('--reason <text>', 'why; it is shown')
    .action((job, choice, { reason }) =>
      later(async () => (await import('../commands/decide.ts')).decide(job, choice, reason)),
    );
  program
    .command('audit')
    .description("check the local site's chain of events and the signature of every result")
    .action(() => later(async () => (await import('../commands/audit.ts')).audit()));
  program
    .command('dump <file>')
    .description("write the local site's whole database, e-mails too, into a new file that only you can read")
    .action((file) => later(async () => (await import('../commands/dump.ts')).dump(file)));
  program
    .command('restore <file>')
    .description('fill the empty database of a local site that never ran with a dump')
    .action((file) => later(async () => (await import('../commands/dump.ts')).restore(file)));
  program
    .command('seed [baselines...]')
    .description('submit the reference defenses, or some of them, to the local site')
    .option('--suite <id>', 'the suite', 'smoke-1')
    .action((ids, options) => later(async () => (await import('../commands/chores.ts')).seed(ids, options)));
  program
    .command('rescore')
    .description('compute every stored score of the local site anew, after a change of scoring')
    .option('--check', 'change nothing; name each value that is stored otherwise, and exit with 1 for one')
    .action((options) => later(async () => (await import('../commands/rescore.ts')).rescore(options)));
  program
    .command('snapshot <suite>', { hidden: true })
    .action((suite) => later(async () => (await import('../commands/chores.ts')).snapshot(suite)));
}
