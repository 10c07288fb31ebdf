import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { pathOf } from './wrong-call.ts';

/**
 * Throws UsageError for an argument or an option's value that is empty or blank: a variable that a script forgot to set
 * must not read as if the option were left out.
 */
export function refuseEmpty(command: Command): void {
  const isEmpty = (value: unknown): boolean =>
    Array.isArray(value) ? value.some(isEmpty) : typeof value === 'string' && value.trim() === '';
  const given = command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli');
  const option = given.find((one) => isEmpty(command.getOptionValue(one.attributeName())));
  const argument = command.registeredArguments.find((_, at) => isEmpty(command.processedArgs[at]));
  const empty = argument ? `<${argument.name()}>` : option?.flags;
  if (empty === undefined) return;
  throw new UsageError(`${empty} is empty; '${pathOf(command)} --help' says what is wanted.`);
}
