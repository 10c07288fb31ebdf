import { Argument, type Command, Option } from 'commander';
import type { Later } from './later.ts';
import { suiteOption } from './options.ts';

const submissionArgument = () =>
  new Argument('<submission>', 'its id: `submit` prints it, and the address of its page ends with it');

/** What a researcher does at a site. */
export function addSubmissionCommands(program: Command, later: Later): void {
  program
    .command('login')
    .description('get a token for the site at ANTIDOTE_URL, or for the one of a sign-in link')
    .option('--link <link>', 'the sign-in link that a local site printed')
    .action((options) => later(async () => (await import('../commands/login.ts')).login(options)));
  program
    .command('logout')
    .description('forget the stored token of the site at ANTIDOTE_URL')
    .action(() => later(async () => (await import('../commands/logout.ts')).logout()));
  program
    .command('whoami')
    .description('the user whose token is used at the site at ANTIDOTE_URL')
    .action(() => later(async () => (await import('../commands/whoami.ts')).whoami()));

  program
    .command('submit')
    .description('upload a module to the site at ANTIDOTE_URL')
    .argument('<file>', 'the module: a file whose name ends in .mjs, .js or .py')
    .addOption(suiteOption())
    .requiredOption('--name <name>', 'its name on the board')
    .option('--card <file>', 'its card, a JSON file')
    .option('--replaces <submission>', 'your own submission that this is a new version of')
    .option('--anonymous-until <day>', 'tell nobody whose it is until this day, like 2027-03-01; at most two years')
    .option('--report <file>', "what evaluate --json wrote: shown beside the runner's numbers")
    .option('--watch', 'wait for the end of its evaluation')
    .option('--json', 'the submission as JSON')
    .action((file, options) => later(async () => (await import('../commands/submit.ts')).submit(file, options)));
  program
    .command('status')
    .description('the state of a submission, its place in the queue and its scores')
    .addArgument(submissionArgument())
    .option('--suite <id>', 'on this suite, where it was submitted to several')
    .option('--watch', 'wait for the end of its evaluation')
    .option('--json', 'the submission as JSON')
    .action((id, options) => later(async () => (await import('../commands/status.ts')).status(id, options)));
  program
    .command('enter')
    .description('enter a submission of your own in a season: at most two, and for good')
    .addArgument(submissionArgument())
    .requiredOption('--season <name>', 'a year and a month, like 2026-12')
    .option('--json', 'the entry as JSON')
    .action((id, options) => later(async () => (await import('../commands/enter.ts')).enter(id, options)));
  program
    .command('withdraw')
    .description('take a submission off the board; its page stays')
    .addArgument(submissionArgument())
    .addOption(new Option('--reason <text>', 'why, shown on its page').default('', 'none'))
    .action((id, options) => later(async () => (await import('../commands/withdraw.ts')).withdraw(id, options)));
}
