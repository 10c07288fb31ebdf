import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { type Connection, connectTo } from '../../lib/db/client.ts';
import { projectDir } from '../../runner/host/dist.ts';
import { withLock } from '../../runner/host/file-lock.ts';

const out = join(projectDir, 'tests/.out');

/**
 * A tar of the folder of an empty database with today's migrations, in tests/.out: made once, by the code that the site
 * runs. A database that begins from it takes a quarter of the time that a new one takes.
 */
export async function migratedTar(): Promise<string> {
  const file = join(out, `migrated-${keyOfMigrations()}.tar`);
  mkdirSync(out, { recursive: true });
  if (!existsSync(file)) await withLock(`${file}.lock`, undefined, () => writeTar(file));
  return file;
}

async function writeTar(file: string): Promise<void> {
  if (existsSync(file)) return; // another test file was faster
  let client: PGlite | undefined;
  const { close } = await opened(async (create) => {
    client = await create({});
    return client;
  });
  const dump = await client!.dumpDataDir('none');
  await close();
  writeFileSync(`${file}.part`, new Uint8Array(await dump.arrayBuffer()));
  renameSync(`${file}.part`, file);
}

/** As `connectTo` opens a database in memory, but from the tar. */
export async function openMigrated(): Promise<Connection> {
  const loadDataDir = new Blob([readFileSync(await migratedTar())]);
  return opened((create) => create({ loadDataDir }));
}

type Create = (options: { loadDataDir?: Blob }) => Promise<PGlite>;

/**
 * `connectTo` asks PGlite for the database once: what it gets is what `open` makes. A new one asks for more by itself.
 */
async function opened(open: (create: Create) => Promise<PGlite>): Promise<Connection> {
  const { create } = PGlite;
  PGlite.create = (() => {
    PGlite.create = create;
    return open(create.bind(PGlite) as Create);
  }) as typeof create;
  return connectTo({ driver: 'pglite', folder: null });
}

/** Of what the tar is made of. */
function keyOfMigrations(): string {
  const folder = join(projectDir, 'drizzle/migrations');
  const hash = createHash('sha256').update(
    readFileSync(join(projectDir, 'node_modules/@electric-sql/pglite/package.json')),
  );
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (/\.(sql|json)$/.test(path)) hash.update(path).update(readFileSync(join(folder, path)));
  return hash.digest('hex').slice(0, 16);
}
