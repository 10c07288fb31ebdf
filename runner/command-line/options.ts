import { InvalidArgumentError, Option } from 'commander';

export const scenarioOption = () =>
  new Option('--scenario <id>', 'this scenario and its clean run only; may be given several times')
    .argParser((id: string, ids: string[]) => [...ids, id])
    .default([]);
/** For a suite file of the caller's own. */
export const attackOption = () =>
  new Option('--attack <file>', 'an attack of your own, for a suite file that names it');
export const suiteOption = () => new Option('--suite <id>', 'the suite, such as smoke-1').makeOptionMandatory();

export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('want a whole number from 1');
  return Number(text);
}

export function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('want a number above 0');
  return value;
}

/** `--class`, an option of older versions: every runner that is enrolled now is official. */
export function officialClass(text: string): string {
  if (text === 'official') return text;
  throw new InvalidArgumentError('community runners get no work, so none are enrolled; leave the option out');
}
