import type { Command } from 'commander';
import type { Later } from './later.ts';
import { jobCount } from './options.ts';

/** Seasons: an organizer opens and closes one, anybody looks at it and draws it anew. */
export function addSeasonCommands(program: Command, later: Later): void {
  const season = program.command('season').description('seasons: a plan drawn from a secret seed, on other data');
  season
    .command('open')
    .description('draw, craft and calibrate a season, commit to it, and open it on the site of this machine; resumes')
    .requiredOption('--plan <plan>', 'what it is drawn from')
    .requiredOption('--dataset <id>', 'data that no public suite uses; kept secret until the close')
    .option('--name <name>', 'a year and a month; this month where it is not given')
    .option('--until <day>', 'when entries end, like 2027-01-31; four weeks from now where it is not given')
    .option('--runners <ids>', 'the enrolled runners that hold its files, separated by commas', '')
    .option('--shown-at-once', 'authors see numbers before the close, and can learn from them')
    .option('--jobs <n>', 'processes at once', jobCount)
    .action((options) => later(async () => (await import('../commands/season-open.ts')).seasonOpen(options)));
  season
    .command('status [name]')
    .description('the seasons of a site, or one of them')
    .option('--json', 'as JSON')
    .action((name, options) =>
      later(async () => (await import('../commands/season-status.ts')).seasonStatus(name ?? null, options)),
    );
  season
    .command('close <name>')
    .description('end a season, and publish its salt, seed, data set and numbers (on the machine that opened it)')
    .option('--now', 'also while entries are still computed: their rows are provisional')
    .action((name, options) =>
      later(async () => (await import('../commands/season-close.ts')).seasonClose(name, options)),
    );
  season
    .command('verify <name>')
    .description('draw a closed season anew and compare it with its commitment; 1 where something differs')
    .action((name) => later(async () => (await import('../commands/season-verify.ts')).seasonVerify(name)));
  season
    .command('baselines <name>')
    .description('enter every reference defense of the public table (organizer)')
    .action((name) => later(async () => (await import('../commands/season-baselines.ts')).seasonBaselines(name)));
  season
    .command('add-runner <name>')
    .description('name one more runner that holds its files, after the opening (on the machine that opened it)')
    .requiredOption('--runner <id>', 'an enrolled runner')
    .requiredOption('--reason <text>', 'why; shown on its page')
    .action((name, options) =>
      later(async () => (await import('../commands/season-add-runner.ts')).seasonAddRunner(name, options)),
    );
  season
    .command('copy <name>')
    .description('what a runner on another machine needs of a season, with a canary of its own')
    .requiredOption('--runner <id>', 'the enrolled runner that it is for')
    .requiredOption('--out <dir>', 'a new folder')
    .action((name, options) =>
      later(async () => (await import('../commands/season-copy.ts')).seasonCopy(name, options)),
    );
  season
    .command('trace <name> <file>')
    .description('whose copy of a season a file that was found is from; 1 where it is nobody’s')
    .action((name, file) => later(async () => (await import('../commands/season-trace.ts')).seasonTrace(name, file)));
  season
    .command('craft <name>', { hidden: true })
    .requiredOption('--out <dir>')
    .action((name, options) =>
      later(async () => (await import('../commands/season-craft.ts')).seasonCraft(name, options)),
    );
}
