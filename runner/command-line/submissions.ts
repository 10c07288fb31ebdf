import type { Command } from 'commander';
import type { Later } from './later.ts';
import { suiteOption } from './options.ts';

/** What a researcher does at a site. */
export function addSubmissionCommands(program: Command, later: Later): void {
  program
    .command('login')
    .description('get a token for the site at ANTIDOTE_URL')
    .option('--link <link>', 'the sign-in link that a local site printed')
    .action((options) => later(async () => (await import('../commands/login.ts')).login(options)));
  program
    .command('logout')
    .description('forget the token')
    .action(() => later(async () => (await import('../commands/logout.ts')).logout()));
  program
    .command('whoami')
    .description('whose token it is')
    .action(() => later(async () => (await import('../commands/whoami.ts')).whoami()));

  program
    .command('submit <file>')
    .description('upload a module')
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
    .command('status <submission>')
    .description('what has become of a submission')
    .option('--suite <id>', 'of this suite')
    .option('--watch', 'wait for the end of its evaluation')
    .option('--json', 'the submission as JSON')
    .action((id, options) => later(async () => (await import('../commands/status.ts')).status(id, options)));
  program
    .command('enter <submission>')
    .description('enter a submission of your own in a season: at most two, and for good')
    .requiredOption('--season <name>', 'a year and a month, like 2026-12')
    .option('--json', 'the entry as JSON')
    .action((id, options) => later(async () => (await import('../commands/enter.ts')).enter(id, options)));
  program
    .command('withdraw <submission>')
    .description('take a submission off the board; its page stays')
    .option('--reason <text>', 'why, shown on its page', '')
    .action((id, options) => later(async () => (await import('../commands/withdraw.ts')).withdraw(id, options)));
}
