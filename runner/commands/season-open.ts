import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { chores } from '../../lib/catalog/chores.ts';
import { DatasetId, datasetNamed } from '../../lib/catalog/datasets/index.ts';
import { modelNamed } from '../../lib/catalog/models/index.ts';
import { planNamed, plans } from '../../lib/catalog/plans/index.ts';
import { drafts, suites } from '../../lib/catalog/suites/index.ts';
import { digestOf } from '../../lib/contract/canonical.ts';
import { type DatasetCard, isOwnDataset } from '../../lib/contract/dataset-card.ts';
import { Backend, type Sha256 } from '../../lib/contract/ids.ts';
import { type Committed, commitmentOf, SeasonName, SeasonNote, type SeasonSummary } from '../../lib/contract/season.ts';
import { callChore } from '../client/local-site.ts';
import { drawnClasses } from '../craft/drawn-rows.ts';
import { writeCanary } from '../craft/season/canary.ts';
import { makeSeason } from '../craft/season/make-season.ts';
import { keepOwnData } from '../craft/season/own-data.ts';
import { seasonPath, secretFor } from '../craft/season/secret.ts';
import { ensureDataset } from '../datasets/index.ts';
import { findCard } from '../datasets/own.ts';
import { UsageError } from '../errors.ts';
import { dataPath } from '../host/places.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { tell } from '../terminal/tell.ts';
import { offeredBackends } from '../train/chosen-backend.ts';
import { findIdentity } from '../worker/identity.ts';

type Options = {
  plan: string;
  dataset: string;
  name?: string;
  until?: string;
  runners?: string;
  shownAtOnce?: boolean;
  note?: string;
  jobs?: number;
};

/**
 * Opens a season on the site of this machine. Each step is kept, and the same command goes on from there: the secret,
 * the name on the site, the built suite, the undefended numbers, the gates, the canary, the commitment.
 */
export async function seasonOpen(options: Options): Promise<number> {
  const name = nameOf(options.name ?? new Date().toISOString().slice(0, 7));
  const closesAt = endOf(options.until);
  const runners = await holdersOf(options.runners);
  const note = noteOf(options.note);
  requirePlan(options.plan);
  const { id: dataset, card } = await drawableDataset(options.dataset);
  saysWhenInterrupted('Stopped; what was done so far is kept, and the same command goes on from there.');
  const progress = progressOf(`season ${name}`);
  const secret = await secretFor(name, options.plan, dataset, card);
  const { holder } = secret;
  await callChore(chores.seasonBegin, { name, plan: options.plan, holder, runners });
  await ensureDataset(dataset, dataPath(), progress.say);
  const { committed, references } = await makeSeason(secret, {
    backends: await offeredBackends(),
    jobs: options.jobs ?? Math.min(2, availableParallelism()),
    progress: progress.update,
    signal: interrupted,
  });
  const engines = Backend.options.filter((backend) => backend in committed.references);
  progress.end();
  await keepOwnCanary(name, committed, runners);
  const commitment = await commitmentOf(committed);
  const shownAtOnce = options.shownAtOnce === true;
  const season = await callChore(chores.seasonOpen, {
    name,
    holder,
    commitment,
    closesAt,
    shownAtOnce,
    note,
    runners,
    engines,
    ...(shownAtOnce && { references }),
  });
  tell(lineOf(season));
  return 0;
}

export function nameOf(name: string): string {
  const parsed = SeasonName.safeParse(name);
  if (!parsed.success) throw new UsageError(`'${name}' is no name of a season: ${parsed.error.issues[0]!.message}.`);
  return parsed.data;
}

/**
 * This machine's copy of a season is its own runner's, where that is one of these; then its canary lies in it, as in
 * any other copy. Before the site is told, so that no copy in use is without one.
 */
export async function keepOwnCanary(season: string, committed: Committed, runners: readonly string[]): Promise<void> {
  const own = await findIdentity();
  if (own && runners.includes(own.runner)) await writeCanary(seasonPath(season), committed, own.runner);
}

/** Of a text that is not too long, or null for none. */
function noteOf(words: string | undefined): string | null {
  if (words === undefined) return null;
  const parsed = SeasonNote.safeParse(words);
  if (!parsed.success)
    throw new UsageError(`--note: ${parsed.error.issues[0]!.message}; it has ${words.trim().length}.`);
  return parsed.data;
}

/** The ids that the option names; without it the runner of this machine, where one has enrolled. Throws UsageError. */
export async function holdersOf(option: string | undefined): Promise<string[]> {
  if (option === undefined) {
    const own = await findIdentity();
    return own ? [own.runner] : [];
  }
  const ids = option === 'none' ? [] : option.split(',').filter(Boolean);
  requireRunnerIds('--runners', ids);
  return ids;
}

/** Throws UsageError for what can be no id. `option` is where they came from. */
export function requireRunnerIds(option: string, ids: readonly string[]): void {
  const unknown = ids.find((id) => !z.uuid().safeParse(id).success);
  if (unknown !== undefined)
    throw new UsageError(`${option}: '${unknown}' is no id of a runner; the page /runners of the site shows them.`);
}

/** The end of that day, in UTC. */
function endOf(day: string | undefined): string {
  if (day === undefined) return new Date(Date.now() + 28 * 86_400_000).toISOString();
  if (!z.iso.date().safeParse(day).success)
    throw new UsageError(`--until: '${day}' is no day; want one like 2027-01-31.`);
  const end = `${day}T23:59:59.000Z`;
  if (Date.parse(end) < Date.now()) throw new UsageError(`--until: ${day} is over.`);
  return end;
}

/** Throws UsageError for a plan that there is not, or that the engines of a season can't train. */
export function requirePlan(plan: string): void {
  if (!(plan in plans)) throw new UsageError(`There is no plan '${plan}'; known: ${Object.keys(plans).join(', ')}.`);
  const large = planNamed(plan).scenarios.flatMap(({ models }) => models.filter((id) => modelNamed(id).needsGpu));
  if (large.length > 0)
    throw new UsageError(
      `Plan ${plan} trains ${large[0]}, which needs a GPU; seasons are drawn from plans without it.`,
    );
}

/**
 * The data set that the option names: one of the list; that of a folder, whose files are kept from then on; or one that
 * was kept. With the sum of its card where it is the organizer's own. Throws UsageError for one that there is not, and
 * for data that somebody has learned already.
 */
export async function drawableDataset(words: string): Promise<{ id: string; card?: Sha256 }> {
  if (isFolder(words)) return sumOfCard(await keepOwnData(words));
  const kept = isOwnDataset(words) && (await findCard(words, dataPath('datasets')));
  if (kept) return sumOfCard(kept);
  const listed = DatasetId.safeParse(words).data;
  if (!listed)
    throw new UsageError(
      `There is no data set '${words}'; known: ${DatasetId.options.join(', ')}; or a folder of your own, like ./${words}.`,
    );
  const { classNames } = datasetNamed(listed);
  if (classNames.length < drawnClasses)
    throw new UsageError(`${words} has ${classNames.length} named classes; a season takes ${drawnClasses} or more.`);
  const shown = [...suites, ...drafts].find((suite) => suite.scenarios.some((one) => one.dataset === words));
  if (shown)
    throw new UsageError(
      `${words} is the data of ${shown.id}, so modules may hold what is known of it; choose data that no suite uses.`,
    );
  return { id: listed };
}

const sumOfCard = async (card: DatasetCard) => ({ id: card.id, card: await digestOf(card) });

/** A path, and not the name of a data set. */
const isFolder = (words: string) => /[/\\]|^\.{1,2}$/.test(words);

export const lineOf = ({ name, state, plan, commitment, closesAt, closedAt, runners }: SeasonSummary): string =>
  [
    name,
    state,
    `plan ${plan}`,
    commitment ?? 'no commitment yet',
    closedAt !== null ? `closed ${closedAt}` : closesAt !== null ? `entries until ${closesAt}` : null,
    `${runners.length} ${runners.length === 1 ? 'runner holds' : 'runners hold'} its files`,
  ]
    .filter((part) => part !== null)
    .join('  ');
