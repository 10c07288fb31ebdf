import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { distPath } from './host/dist.ts';
import { env } from './host/env.ts';
import { explain } from './terminal/explain.ts';
import { interrupted, listenForInterrupts } from './terminal/interrupt.ts';

/**
 * `antidote`: what people and their scripts call. Each command is loaded when it is called. It answers with its exit
 * code, or with none for 0.
 */
type Work = () => Promise<number | undefined>;

let work: Work | undefined;
/** Commander hands a command its arguments; the work itself begins once all of them are parsed. */
const later = (load: Work) => {
  work = load;
};

const { version } = JSON.parse(readFileSync(distPath('harness.json'), 'utf8')) as { version: string };
const program = new Command('antidote')
  .description('A leaderboard of defenses against training-data poisoning: evaluate, submit, and run it.')
  .version(version)
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })
  .showSuggestionAfterError();

const scenarioOption = () =>
  new Option('--scenario <id>', 'this scenario and its clean run only; may be given several times')
    .argParser((id: string, ids: string[]) => [...ids, id])
    .default([]);
const suiteOption = () => new Option('--suite <id>', 'the suite, such as smoke-1').makeOptionMandatory();

program
  .command('evaluate <defense>')
  .description('run every trial of a suite with a module file, or a baseline by its id, in the jail')
  .addOption(suiteOption())
  .addOption(scenarioOption())
  .option('--seeds <n>', 'the first n seeds only', wholeNumber)
  .option('--jobs <n>', 'trials at once', wholeNumber)
  .option('--json <file>', 'the report, to a file or with - to stdout')
  .option('--artifacts', 'also measure the gradients of the poison against those of clean rows, after each epoch')
  .option('--no-jail', "without a jail: for one's own module only")
  .action((defense, options) => later(async () => (await import('./commands/evaluate.ts')).evaluate(defense, options)));

program
  .command('verify <row>')
  .description(
    'run a row of the board again, a baseline by its id or a submission by its own, and compare every number',
  )
  .addOption(suiteOption())
  .addOption(scenarioOption())
  .option('--seeds <n>', 'the first n seeds only', wholeNumber)
  .option('--jobs <n>', 'trials at once', wholeNumber)
  .action((row, options) => later(async () => (await import('./commands/verify.ts')).verify(row, options)));

program
  .command('check <file>')
  .description('what the site checks at upload, without training: size, syntax, kind, imports')
  .action((file) => later(async () => (await import('./commands/check.ts')).check(file)));

program
  .command('epsilon')
  .description('the ε of DP-SGD, by Rényi accounting and by privacy loss random variables')
  .requiredOption('--sampling-rate <q>', 'batch size / rows', positive)
  .requiredOption('--noise-multiplier <s>', 'noise std / clipping norm', positive)
  .requiredOption('--steps <n>', 'optimizer steps', wholeNumber)
  .requiredOption('--delta <d>', 'δ', positive)
  .option('--json', 'as JSON')
  .action((options) => later(async () => (await import('./commands/epsilon.ts')).epsilon(options)));

program
  .command('init [name]')
  .description('write a module of each kind to start from')
  .action((name) => later(async () => (await import('./commands/init.ts')).init(name)));

const suite = program.command('suite').description('the attack suites');
suite
  .command('list')
  .description('the published suites')
  .option('--json', 'as JSON')
  .action((options) => later(async () => (await import('./commands/suite-list.ts')).suiteList(options)));
suite
  .command('build <id>')
  .description('craft every attack of a suite; the same bytes on every machine')
  .requiredOption('--out <dir>', 'a folder that is new or holds this suite')
  .action((id, options) => later(async () => (await import('./commands/suite-build.ts')).suiteBuild(id, options)));
suite
  .command('pull <id>')
  .description('download a suite from the site; resumes, and mends files that differ')
  .requiredOption('--out <dir>', 'the folder')
  .action((id, options) => later(async () => (await import('./commands/suite-pull.ts')).suitePull(id, options)));
suite
  .command('verify <dir>')
  .description('compare a folder with its manifest and name each file that differs')
  .action((dir) => later(async () => (await import('./commands/suite-verify.ts')).suiteVerify(dir)));
suite
  .command('calibrate <id>')
  .description('measure the undefended numbers of a suite and write them beside it')
  .option('--jobs <n>', 'processes at once', wholeNumber)
  .action((id, options) =>
    later(async () => (await import('./commands/suite-calibrate.ts')).suiteCalibrate(id, options)),
  );
suite
  .command('gates <id>', { hidden: true })
  .action((id) => later(async () => (await import('./commands/suite-gates.ts')).suiteGates(id)));
suite
  .command('candidates <id> <scenario>', { hidden: true })
  .action((id, scenario) =>
    later(async () => (await import('./commands/suite-calibrate.ts')).suiteCandidates(id, scenario)),
  );
suite
  .command('points <dataset> <rates...>', { hidden: true })
  .action((dataset, rates) =>
    later(async () => (await import('./commands/suite-points.ts')).suitePoints(dataset, rates)),
  );
suite
  .command('publish <dir>')
  .description("copy a built suite into the site's store (organizers, on the site's machine)")
  .action((dir) => later(async () => (await import('./commands/suite-publish.ts')).suitePublish(dir)));

program
  .command('login')
  .description('get a token for the site at ANTIDOTE_URL')
  .option('--link <link>', 'the sign-in link that a local site printed')
  .action((options) => later(async () => (await import('./commands/login.ts')).login(options)));
program
  .command('logout')
  .description('forget the token')
  .action(() => later(async () => (await import('./commands/logout.ts')).logout()));
program
  .command('whoami')
  .description('whose token it is')
  .action(() => later(async () => (await import('./commands/whoami.ts')).whoami()));

program
  .command('submit <file>')
  .description('upload a module')
  .addOption(suiteOption())
  .requiredOption('--name <name>', 'its name on the board')
  .option('--card <file>', 'its card, a JSON file')
  .option('--replaces <submission>', 'your own submission that this is a new version of')
  .option('--report <file>', "what evaluate --json wrote: shown beside the runner's numbers")
  .option('--watch', 'wait for the end of its evaluation')
  .option('--json', 'the submission as JSON')
  .action((file, options) => later(async () => (await import('./commands/submit.ts')).submit(file, options)));
program
  .command('status <submission>')
  .description('what has become of a submission')
  .option('--suite <id>', 'of this suite')
  .option('--watch', 'wait for the end of its evaluation')
  .option('--json', 'the submission as JSON')
  .action((id, options) => later(async () => (await import('./commands/status.ts')).status(id, options)));
program
  .command('withdraw <submission>')
  .description('take a submission off the board; its page stays')
  .option('--reason <text>', 'why, shown on its page', '')
  .action((id, options) => later(async () => (await import('./commands/withdraw.ts')).withdraw(id, options)));

program
  .command('work')
  .description('the runner: lease, jail, score, post')
  .option('--jobs <n>', 'jobs at once', wholeNumber)
  .option('--once', 'end when there is nothing to do')
  .action((options) => later(async () => (await import('./commands/work.ts')).work(options)));
program
  .command('doctor')
  .description('what this machine has and lacks, and what mends it')
  .option('--json', 'as JSON')
  .option('--install', 'install what is missing, as root on Debian or Ubuntu')
  .action((options) => later(async () => (await import('./commands/doctor.ts')).doctor(options)));

program
  .command('start')
  .description('site, database and one local runner')
  .action(() => later(async () => (await import('./commands/start.ts')).start()));
program
  .command('build')
  .description("the site's pages")
  .action(() => later(async () => (await import('./commands/build.ts')).build()));
program
  .command('sign-in-link')
  .description('another one-time link to the local site')
  .action(() => later(async () => (await import('./commands/chores.ts')).signInLink()));
program
  .command('runner-code')
  .description('a one-time code with which a runner enrols')
  .addOption(
    new Option('--class <class>', 'official ones count for rank')
      .choices(['official', 'community'])
      .default('community'),
  )
  .option('--labels <labels>', 'what it may offer, separated by commas', 'engine:wasm,engine:tensorflow,jail')
  .action((options) => later(async () => (await import('./commands/chores.ts')).runnerCode(options)));
program
  .command('runner <order> <runner>')
  .description('drain, quarantine, retire or activate an enrolled runner (organizers)')
  .requiredOption('--reason <text>', 'why; kept for ever')
  .action((order, id, options) =>
    later(async () => (await import('./commands/runner.ts')).orderRunner(order, id, options)),
  );
program
  .command('audit')
  .description("check the local site's chain of events and the signature of every result")
  .action(() => later(async () => (await import('./commands/audit.ts')).audit()));
program
  .command('seed [baselines...]')
  .description('submit the reference defenses, or some of them, to the local site')
  .option('--suite <id>', 'the suite', 'smoke-1')
  .action((ids, options) => later(async () => (await import('./commands/chores.ts')).seed(ids, options)));
program
  .command('snapshot <suite>', { hidden: true })
  .action((suite) => later(async () => (await import('./commands/chores.ts')).snapshot(suite)));
program
  .command('engine-native')
  .description('install the native engine, about three times faster than wasm')
  .action(() => later(async () => (await import('./commands/engine-native.ts')).engineNative()));
program
  .command('bench')
  .description('steps per second, and the ratios that matter, on each engine')
  .argument('[part]', 'a benchmark of tests/bench', 'engine')
  .action((part) => later(async () => (await import('./commands/bench.ts')).bench(part)));
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
  .action((options) => later(async () => (await import('./commands/paper.ts')).paper(options)));
program
  .command('paper-slab-points', { hidden: true })
  .action(() => later(async () => (await import('./commands/paper-slab-points.ts')).paperSlabPoints()));
program
  .command('test')
  .description('every test that this machine can run, or those of a lane')
  .argument('[filters...]', 'of these files only')
  .option('--lane <id>', 'quick, full or one of the long ones: tests/README.md')
  .action((filters, options) => later(async () => (await import('./lanes/test.ts')).test(filters, options)));
program
  .command('calibration-process <suite> <backend>', { hidden: true })
  .action((id, backend) =>
    later(async () => (await import('./craft/calibration-process.ts')).calibrationProcess(id, backend)),
  );
program
  .command('jail-record', { hidden: true })
  .action(() => later(async () => (await import('./commands/jail-record.ts')).writeJailRecord()));
program
  .command('trial-process', { hidden: true })
  .action(() => later(async () => (await import('./trial/trial-process.ts')).trialProcess(interrupted)));

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('want a whole number from 1');
  return Number(text);
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('want a number above 0');
  return value;
}

/** 0 all well, 1 the defense or the check says no, 2 the call is wrong, 3 our side failed. */
async function main(): Promise<number> {
  try {
    env();
    program.parse();
    return (await work?.()) ?? 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return explain(error, interrupted);
  }
}

listenForInterrupts();
process.exit(process.exitCode ?? (await main()));
