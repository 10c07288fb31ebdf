import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { Sha256 } from '../../../lib/contract/ids.ts';
import { Committed, Holder, SeasonName } from '../../../lib/contract/season.ts';
import { Draw } from '../../../lib/contract/suite.ts';
import { HarnessFault, UsageError } from '../../errors.ts';
import { dataPath } from '../../host/places.ts';

/**
 * What nobody may know of a season before its close. It lies in a file of its own (0600) in the season's folder (0700),
 * whose built suite names the seed too. It goes nowhere else: not to the site, not into a job, not onto a command
 * line, but for the name of the data set, with which `season open` is called.
 */
export const SeasonSecret = z.strictObject({
  format: z.literal('antidote-season-secret-1'),
  name: SeasonName,
  draw: Draw,
  /** Of the card of the organizer's own data set. */
  card: Sha256.optional(),
  salt: Committed.shape.salt,
  holder: Holder,
  /** The day it was made, which the texts of the suite name. */
  published: z.iso.date(),
});
export type SeasonSecret = z.infer<typeof SeasonSecret>;

/** A path in the season's folder, which only its owner can open. */
export const seasonPath = (season: string, ...names: string[]) => dataPath('seasons', season, ...names);

const fileOf = (season: string) => seasonPath(season, 'secret.json');

/** The secret of the season, or null where this machine does not hold it. Throws HarnessFault for a damaged file. */
export async function findSecret(season: string): Promise<SeasonSecret | null> {
  const text = await readFile(fileOf(season), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return SeasonSecret.parse(JSON.parse(text));
  } catch {
    throw new HarnessFault(`${fileOf(season)} is damaged; without it the season can be neither opened nor closed.`);
  }
}

/** For what only the machine that opened a season can do. */
export const notHeld = (season: string) =>
  new UsageError(
    `This machine does not hold season ${season}: ${seasonPath(season)} is not its folder; ANTIDOTE_DATA names another data folder.`,
  );

export async function requireSecret(season: string): Promise<SeasonSecret> {
  const secret = await findSecret(season);
  if (!secret) throw notHeld(season);
  return secret;
}

/**
 * The secret of the season, drawn from the system's generator where there is none yet. Two processes that draw at once
 * end up with the same one. `card`: the sum of the card of an organizer's own data set. Throws UsageError where it was
 * begun with another plan or data set.
 */
export async function secretFor(name: string, plan: string, dataset: string, card?: Sha256): Promise<SeasonSecret> {
  const known = (await findSecret(name)) ?? (await drawn(name, plan, dataset, card));
  if (known.draw.plan !== plan || known.draw.dataset !== dataset)
    throw new UsageError(
      `Season ${name} was begun with plan ${known.draw.plan} on ${known.draw.dataset}; open it with these, or choose another name.`,
    );
  if (known.card !== card)
    throw new UsageError(
      `Season ${name} was begun on other files or another card of ${dataset}; open it with those, or choose another name.`,
    );
  return known;
}

async function drawn(name: string, plan: string, dataset: string, card?: Sha256): Promise<SeasonSecret> {
  const hex = () => randomBytes(32).toString('hex');
  const secret: SeasonSecret = {
    format: 'antidote-season-secret-1',
    name,
    draw: { plan, dataset, seed: hex() },
    ...(card && { card }),
    salt: hex(),
    holder: hex(),
    published: new Date().toISOString().slice(0, 10),
  };
  await mkdir(seasonPath(name), { recursive: true, mode: 0o700 });
  await chmod(seasonPath(name), 0o700);
  const written = `${fileOf(name)}.${randomUUID()}`;
  await writeFile(written, `${JSON.stringify(SeasonSecret.parse(secret), null, 2)}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  try {
    await link(written, fileOf(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(written, { force: true });
  }
  return (await findSecret(name))!;
}
