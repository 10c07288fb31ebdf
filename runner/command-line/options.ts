import { Argument, InvalidArgumentError, Option } from 'commander';
import { plainNumber } from '../../lib/contract/plain-number.ts';

const allSuites = "'npx antidote suite list' names all";

export const scenarioOption = () =>
  new Option('--scenario <id>', 'this scenario and its clean run only; may be given several times')
    .argParser((id: string, ids: string[]) => [...ids, id])
    .default([], 'every scenario');
/** For a suite file of the caller's own. */
export const attackOption = () =>
  new Option('--attack <file>', 'an attack of your own, for a suite file that names it');
const anySuiteOption = () => new Option('--suite <id>', `the suite, such as smoke-2; ${allSuites}`);
export const suiteOption = () => anySuiteOption().makeOptionMandatory();
/** For commands that take one or the other. */
export const suiteOrSeasonOptions = () =>
  [anySuiteOption(), new Option('--season <name>', 'instead of a suite a closed season, like 2026-12')] as const;
export const ownSuiteOption = () =>
  new Option(
    '--suite <suite>',
    `the suite, such as smoke-2 (${allSuites}), or a suite file of your own`,
  ).makeOptionMandatory();

/** For commands that take a published suite, and no file of the caller's own. */
export const suiteArgument = (name: string) => new Argument(`<${name}>`, `such as smoke-2; ${allSuites}`);
export const ownSuiteArgument = () =>
  new Argument('<suite>', `such as smoke-2 (${allSuites}), or a suite file of your own`);

/** What a number on the command line may be, ends included. */
type Range = { from: number; to: number };

export const wholeNumber = numberIn('whole number', { from: 1, to: 1_000_000_000 });
/** Trials or processes at once. */
export const jobCount = numberIn('whole number', { from: 1, to: 256 });
export const samplingRate = numberIn('number', { from: 1e-12, to: 1 });
/** From 0.001 on, ε is a number: below, it grows beyond what float64 holds. */
export const noiseMultiplier = numberIn('number', { from: 0.001, to: 1_000_000 });
export const delta = numberIn('number', { from: 1e-300, to: 0.999999 });
export const poisonRate = numberIn('number', { from: 1e-6, to: 1 });

/** One reader for all of them: what it refuses is answered with what is wanted. */
function numberIn(what: 'number' | 'whole number', { from, to }: Range) {
  return (text: string): number => {
    const value = plainNumber(text);
    if (!(value >= from && value <= to) || (what === 'whole number' && !/^\d+$/.test(text)))
      throw new InvalidArgumentError(`want a ${what} from ${from} to ${to}, in decimal digits`);
    return value;
  };
}

/** `--class`, an option of older versions: every runner that is enrolled now is official. */
export function officialClass(text: string): string {
  if (text === 'official') return text;
  throw new InvalidArgumentError('community runners get no work, so none are enrolled; leave the option out');
}
