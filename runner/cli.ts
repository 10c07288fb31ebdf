import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addDefenseCommands } from './command-line/defenses.ts';
import { addDevelopmentCommands } from './command-line/development.ts';
import { helpEnd } from './command-line/help-end.ts';
import type { Later, Work } from './command-line/later.ts';
import { refuseEmpty } from './command-line/refuse-empty.ts';
import { addSeasonCommands } from './command-line/seasons.ts';
import { addSiteCommands } from './command-line/site.ts';
import { addSubmissionCommands } from './command-line/submissions.ts';
import { addSuiteCommands } from './command-line/suites.ts';
import { explainWrongCalls, usageOf } from './command-line/wrong-call.ts';
import { distPath } from './host/dist.ts';
import { requireVariables } from './host/require-variables.ts';
import { explain } from './terminal/explain.ts';
import { interrupted, listenForInterrupts } from './terminal/interrupt.ts';
import { allIsWritten, keepGoingUnread } from './terminal/output.ts';

/** `antidote`: what people and their scripts call. */
let work: Work | undefined;
const later: Later = (load) => {
  work = load;
};

const { version } = JSON.parse(readFileSync(distPath('harness.json'), 'utf8')) as { version: string };
const program = new Command('antidote')
  .description('A leaderboard of defenses against training-data poisoning: evaluate, submit, and run it.')
  .version(version)
  .exitOverride()
  .configureHelp({ commandUsage: usageOf })
  .addHelpText('after', helpEnd)
  .showSuggestionAfterError()
  .hook('preAction', (_, command) => refuseEmpty(command));

addDefenseCommands(program, later);
addSuiteCommands(program, later);
addSubmissionCommands(program, later);
addSeasonCommands(program, later);
addSiteCommands(program, later);
addDevelopmentCommands(program, later);
explainWrongCalls(program);

/** 0 all well, 1 the defense or the check says no, 2 the call is wrong, 3 our side failed. */
async function main(): Promise<number> {
  try {
    requireVariables();
    program.parse();
    const code = (await work?.()) ?? 0;
    await allIsWritten();
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return explain(error, interrupted);
  }
}

for (const lost of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(lost, (error) => process.exit(explain(error, interrupted)));
listenForInterrupts();
keepGoingUnread();
// A command that waits for what never comes ends too. Awaited here, Node would print words of its own about that.
process.once('exit', () => {
  process.exitCode ??= 3;
});
main().then((code) => process.exit(code));
