import { Argument, type Command } from 'commander';
import { plans } from '../../lib/catalog/plans/index.ts';
import { inChild } from './in-child.ts';
import type { Later } from './later.ts';
import { jobCount } from './options.ts';

const seasonArgument = (flags = '<name>') => new Argument(flags, 'a year and a month, like 2026-12');

/** Seasons: an organizer opens and closes one, anybody looks at it and draws it anew. */
export function addSeasonCommands(program: Command, later: Later): void {
  const season = program.command('season').description('seasons: a plan drawn from a secret seed, on other data');
  season
    .command('open')
    .description('draw, craft and calibrate a season, commit to it, and open it on the local site; resumes')
    .requiredOption('--plan <plan>', `what it is drawn from: ${Object.keys(plans).join(', ')}`)
    .requiredOption(
      '--dataset <id|folder>',
      'data that no public suite uses, kept secret until the close: one of the list, or a folder with card.json, train.bin and test.bin',
    )
    .option('--name <name>', 'a year and a month, like 2026-12; this month where it is not given')
    .option('--until <day>', 'when entries end, like 2027-01-31; four weeks from now where it is not given')
    .option(
      '--runners <ids>',
      'the enrolled runners that hold its files, separated by commas, or "none"; this machine’s own where it is not given',
    )
    .option('--shown-at-once', 'authors see numbers before the close, and can learn from them')
    .option('--note <text>', 'what people should know of it; shown on its page')
    .option('--jobs <n>', 'processes at once', jobCount)
    .action((options) => later(inChild(async () => (await import('../commands/season-open.ts')).seasonOpen(options))));
  season
    .command('status')
    .description('the seasons of the site at ANTIDOTE_URL, or one of them')
    .addArgument(seasonArgument('[name]'))
    .option('--json', 'as JSON')
    .action((name, options) =>
      later(async () => (await import('../commands/season-status.ts')).seasonStatus(name ?? null, options)),
    );
  season
    .command('close')
    .description('end a season, and publish its salt, seed, data set and numbers (on the machine that opened it)')
    .addArgument(seasonArgument())
    .option('--now', 'even while entries are still computed: their rows stay provisional')
    .action((name, options) =>
      later(async () => (await import('../commands/season-close.ts')).seasonClose(name, options)),
    );
  season
    .command('verify')
    .description('draw a closed season anew and compare it with its commitment; exits with 1 where something differs')
    .addArgument(seasonArgument())
    .option('--dataset <folder>', 'where the season’s data lies, if it is the organizer’s own')
    .action((name, options) =>
      later(inChild(async () => (await import('../commands/season-verify.ts')).seasonVerify(name, options))),
    );
  season
    .command('baselines')
    .description('enter every reference defense of the public table (organizer)')
    .addArgument(seasonArgument())
    .action((name) => later(async () => (await import('../commands/season-baselines.ts')).seasonBaselines(name)));
  season
    .command('add-runner')
    .description('name one more runner that holds its files, after the opening (on the machine that opened it)')
    .addArgument(seasonArgument())
    .requiredOption('--runner <id>', 'an enrolled runner')
    .requiredOption('--reason <text>', 'why; shown on its page')
    .action((name, options) =>
      later(async () => (await import('../commands/season-add-runner.ts')).seasonAddRunner(name, options)),
    );
  season
    .command('copy')
    .description('what a runner on another machine needs of a season, with a canary of its own')
    .addArgument(seasonArgument())
    .requiredOption('--runner <id>', 'the enrolled runner that it is for')
    .requiredOption('--out <dir>', 'a new folder')
    .action((name, options) =>
      later(async () => (await import('../commands/season-copy.ts')).seasonCopy(name, options)),
    );
  season
    .command('trace')
    .description('whose copy of a season a file that was found is from; exits with 1 where it is nobody’s')
    .addArgument(seasonArgument())
    .argument('<file>', 'the file that was found')
    .action((name, file) => later(async () => (await import('../commands/season-trace.ts')).seasonTrace(name, file)));
  season
    .command('snapshot', { hidden: true })
    .addArgument(seasonArgument())
    .action((name) => later(async () => (await import('../commands/season-snapshot.ts')).seasonSnapshot(name)));
  season
    .command('probes', { hidden: true })
    .addArgument(seasonArgument())
    .action((name) => later(async () => (await import('../commands/season-probes.ts')).seasonProbes(name)));
  season
    .command('craft <name>', { hidden: true })
    .requiredOption('--out <dir>')
    .action((name, options) =>
      later(async () => (await import('../commands/season-craft.ts')).seasonCraft(name, options)),
    );
}
