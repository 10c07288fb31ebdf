import type { Command } from 'commander';
import { plainLine } from '../plain-text.ts';

/** Commander's words for a wrong call, and ours: what is wrong, and what came. */
const words: readonly (readonly [RegExp, string])[] = [
  [/^missing required argument '(.*)'$/, 'Argument <$1> is missing'],
  [/^required option '(.*)' not specified$/, 'Option $1 is missing'],
  [/^option '(.*)' argument missing$/, 'Option $1 has no value'],
  [/^option '(.*?)' argument '(.*)' is invalid\. (.*)$/, "Option $1 is '$2': $3"],
  [/^command-argument value '(.*)' is invalid for argument '(.*?)'\. (.*)$/, "Argument <$2> is '$1': $3"],
  [/^unknown (option|command) '(.*)' \(Did you mean (one of )?(.*)\?\)$/, "There is no $1 '$2'; did you mean $4"],
  [/^unknown (option|command) '(.*)'$/, "There is no $1 '$2'"],
  [/: Allowed choices are /, ': want one of '],
  [/(did you mean .*), /, '$1 or '],
];

/** `npx antidote suite pull`, for people to type. */
export function pathOf(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at; at = at.parent) names.unshift(at.name());
  return `npx ${names.join(' ')}`;
}

/** The line that calls a command, with the options that it can't do without. */
export function usageOf(command: Command): string {
  const wanted = command.registeredArguments.map((one) => {
    const name = one.variadic ? `${one.name()}...` : one.name();
    return one.required ? `<${name}>` : `[${name}]`;
  });
  const shown = command.options.filter(({ hidden }) => !hidden);
  const mandatory = shown.filter((option) => option.mandatory);
  return [
    pathOf(command),
    ...(command.commands.length > 0 ? ['<command>'] : wanted),
    ...mandatory.map(({ flags }) => flags),
    ...(shown.length > mandatory.length ? ['[options]'] : []),
  ].join(' ');
}

/** Has every command below answer a wrong call in one line, which ends with how it is called and where more is said. */
export function explainWrongCalls(command: Command): void {
  command.configureOutput({
    outputError: (text, write) => write(`${sentenceOf(text, command)} ${usageIn(command)}\n`),
  });
  for (const one of command.commands) explainWrongCalls(one);
}

function sentenceOf(text: string, command: Command): string {
  const line = plainLine(text.replace(/^error: /, ''), 1000);
  if (/^too many arguments/.test(line)) {
    const excess = command.args.slice(command.registeredArguments.length).map((one) => `'${one}'`);
    return plainLine(`Too many arguments: ${excess.join(', ')}.`, 1000);
  }
  const said = words.reduce((sentence, [theirs, ours]) => sentence.replace(theirs, ours), line).replace(/\.$/, '');
  return said.includes('; did you mean ') ? `${said}?` : `${said}.`;
}

const usageIn = (command: Command) =>
  `Usage: ${usageOf(command)}; '${pathOf(command)} --help' ${command.commands.length > 0 ? 'lists the commands' : 'says more'}.`;
