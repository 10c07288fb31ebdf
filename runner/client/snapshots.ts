import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backend } from '../../lib/contract/ids.ts';
import { SeasonSnapshot } from '../../lib/contract/season-snapshot.ts';
import { SnapshotRow } from '../../lib/contract/snapshot.ts';
import { writeWhole } from '../datasets/pinned-file.ts';
import { projectDir } from '../host/dist.ts';

/** The reference tables that came with the software: drizzle/snapshots/<suite>/<backend>/<baseline>.json. */
const folder = join(projectDir, 'drizzle/snapshots');

export const hasSnapshots = () => existsSync(folder);

/** The closed seasons that came with it: drizzle/seasons/<name>.json. */
const seasonFolder = join(projectDir, 'drizzle/seasons');

const pathOf = (suite: string, backend: Backend, baseline: string) => join(folder, suite, backend, `${baseline}.json`);

/** Every committed row of a suite, or of all, by suite, engine and defense. */
export function committedRows(suite = ''): SnapshotRow[] {
  const tables = join(folder, suite);
  if (!existsSync(tables)) return [];
  const paths = readdirSync(tables, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'));
  return paths.sort().map((path) => SnapshotRow.parse(JSON.parse(readFileSync(join(tables, path), 'utf8'))));
}

/** Writes it where it is committed, one result a line, and returns the path. */
export async function writeRow(row: SnapshotRow): Promise<string> {
  const path = pathOf(row.suite.id, row.engine.backend, row.baseline);
  const { jobs, ...head } = row;
  const text = `${JSON.stringify(head).slice(0, -1)},"jobs":[\n${jobs.map((job) => JSON.stringify(job)).join(',\n')}\n]}\n`;
  await mkdir(join(path, '..'), { recursive: true });
  await writeWhole(path, Buffer.from(text));
  return path;
}

/** Every committed season, by name. */
export function committedSeasons(): SeasonSnapshot[] {
  if (!existsSync(seasonFolder)) return [];
  const files = readdirSync(seasonFolder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => SeasonSnapshot.parse(JSON.parse(readFileSync(join(seasonFolder, file), 'utf8'))));
}

/** Writes it where it is committed, its parts a line each, and returns the path. */
export async function writeSeason(snapshot: SeasonSnapshot): Promise<string> {
  const path = join(seasonFolder, `${snapshot.season.name}.json`);
  const parts = Object.entries(snapshot).map(([name, part]) => `${JSON.stringify(name)}:${JSON.stringify(part)}`);
  await mkdir(seasonFolder, { recursive: true });
  await writeWhole(path, Buffer.from(`{\n${parts.join(',\n')}\n}\n`));
  return path;
}
