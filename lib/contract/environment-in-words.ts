import { type Environment, environment } from './environment.ts';

const web = 'http:// or https:// and a host is wanted, such as https://antidote.example';
const database = 'postgres:// with a user, a host and a name of a database is wanted';

/** What the schema's own words leave open. They stay as they are: `environment.ts` is a part of the harness. */
const wanted: Readonly<Record<string, string>> = {
  ANTIDOTE_URL: web,
  NEXTAUTH_URL: web,
  DATABASE_URL: database,
  POSTGRES_URL: database,
  PORT: 'a whole number from 1 to 65535 is wanted',
};

/** Reads the variables as `environment` does. Its RangeError says what is wanted and what came, but for user data. */
export function environmentInWords(variables: Record<string, string | undefined>): Environment {
  if (!/^\d+$/.test(variables.PORT ?? '1')) throw wrong('PORT', variables); // 0x50 and 8e1 are numbers too
  try {
    return environment(variables);
  } catch (error) {
    const name = /^[A-Z_]+/.exec((error as Error).message)?.[0] ?? '';
    throw error instanceof RangeError && wanted[name] ? wrong(name, variables) : error;
  }
}

const wrong = (name: string, variables: Record<string, string | undefined>) =>
  new RangeError(`${name}${shown(name, variables[name] ?? '')}: ${wanted[name]}`);

function shown(name: string, value: string): string {
  const scheme = /^([a-z][a-z\d+.-]*:\/\/)?/i.exec(value)![0];
  if (wanted[name] === database) return scheme && ` is '${scheme}…'`;
  const rest = value.slice(scheme.length).replace(/^.*@/, '…@');
  return ` is '${`${scheme}${rest}`.replace(/\s+/g, ' ').slice(0, 200)}'`;
}
