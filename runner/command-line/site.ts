import { type Command, Option } from 'commander';
import { runnerLabels } from '../../lib/contract/protocol.ts';
import type { Later } from './later.ts';
import { jobCount, officialClass, suiteArgument } from './options.ts';

/** A runner, and a site of one's own. */
export function addSiteCommands(program: Command, later: Later): void {
  program
    .command('work')
    .description(
      'run a runner of the site at ANTIDOTE_URL: it leases jobs, evaluates them in the jail and posts the results',
    )
    .option('--jobs <n>', 'jobs at once', jobCount)
    .option('--once', 'end when there is no job left')
    .action((options) => later(async () => (await import('../commands/work.ts')).work(options)));
  program
    .command('doctor')
    .description('what this machine has and lacks, and what mends it')
    .option('--json', 'as JSON')
    .option('--install', 'install what is missing, as root on Debian or Ubuntu')
    .action((options) => later(async () => (await import('../commands/doctor.ts')).doctor(options)));
  program
    .command('python-env')
    .description('make a set of packages for defenses in Python')
    .argument('[set]', 'numpy, jax or torch', 'numpy')
    .action((set) => later(async () => (await import('../commands/python-env.ts')).pythonEnv(set)));

  program
    .command('start')
    .description('start the local site, its database and one runner, as npm start does')
    .action(() => later(async () => (await import('../commands/start.ts')).start()));
  program
    .command('build')
    .description("build the site's pages")
    .action(() => later(async () => (await import('../commands/build.ts')).build()));
  program
    .command('sign-in-link')
    .description('print another one-time link to sign in at the local site')
    .action(() => later(async () => (await import('../commands/chores.ts')).signInLink()));
  program
    .command('runner-code')
    .description('print a one-time code with which a runner enrols at the local site')
    .addOption(new Option('--class <class>').argParser(officialClass).hideHelp())
    .option('--labels <labels>', 'what it may offer, separated by commas', runnerLabels.join(','))
    .action((options) => later(async () => (await import('../commands/chores.ts')).runnerCode(options)));
  program
    .command('runner')
    .description('give an enrolled runner of the site at ANTIDOTE_URL an order (organizers)')
    .argument('<order>', 'drain, quarantine, retire or activate')
    .argument('<runner>', 'its id, as the page /runners has it')
    .requiredOption('--reason <text>', 'why; kept for ever')
    .action((order, id, options) =>
      later(async () => (await import('../commands/runner.ts')).orderRunner(order, id, options)),
    );
  program
    .command('decide')
    .description('decide at the local site between two runs of a job that disagree (organizers)')
    .argument('<job>', 'its id, which audit prints')
    .argument('<choice>', 'the run that stands, first or again; or third, to ask a third runner')
    .requiredOption('--reason <text>', 'why; it is shown')
    .action((job, choice, { reason }) =>
      later(async () => (await import('../commands/decide.ts')).decide(job, choice, reason)),
    );
  program
    .command('audit')
    .description("check the local site's chain of events and the signature of every result")
    .action(() => later(async () => (await import('../commands/audit.ts')).audit()));
  program
    .command('dump')
    .description("write the local site's whole database, e-mails too, into a new file that only you can read")
    .argument('<file>', 'which is not there yet')
    .action((file) => later(async () => (await import('../commands/dump.ts')).dump(file)));
  program
    .command('restore')
    .description('fill the empty database of a local site that never ran with a dump')
    .argument('<file>', 'that dump wrote')
    .action((file) => later(async () => (await import('../commands/dump.ts')).restore(file)));
  program
    .command('seed')
    .description('submit the reference defenses, or some of them, to the local site')
    .argument('[baselines...]', 'their ids, such as dp-sgd; without one all of the suite')
    .option('--suite <id>', "the suite; 'npx antidote suite list' names all", 'smoke-2')
    .action((ids, options) => later(async () => (await import('../commands/chores.ts')).seed(ids, options)));
  program
    .command('rescore')
    .description('compute every stored score of the local site anew, after a change of scoring')
    .option('--check', 'change nothing; name each value that is stored otherwise, and exit with 1 for one')
    .action((options) => later(async () => (await import('../commands/rescore.ts')).rescore(options)));
  program
    .command('snapshot', { hidden: true })
    .addArgument(suiteArgument('suite'))
    .action((suite) => later(async () => (await import('../commands/chores.ts')).snapshot(suite)));
}
