import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DataSource } from './dataset.ts';
import type { Mirror } from './mirror.ts';
import { findPinned } from './pinned-file.ts';

const run = promisify(execFile);
const timeoutMs = 180_000;

/**
 * The files in the system's archive: the package is fetched into a temporary folder and unpacked there, without
 * installing it and without root.
 */
export function debianPackage(source: DataSource & { debianPackage: string }, report: (line: string) => void): Mirror {
  let folder: string | undefined;
  return {
    async find(file) {
      folder ??= await unpackPackage(source.debianPackage, report);
      for (const path of source.systemFolders) {
        const bytes = await findPinned(join(folder, path), file);
        if (bytes) return bytes;
      }
      return null;
    },
    async close() {
      if (folder) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A temporary folder with the package's tree in it; the caller removes it. */
async function unpackPackage(name: string, report: (line: string) => void): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'antidote-data-'));
  try {
    report(`fetching the Debian package ${name}`);
    await fetchPackage(name, folder);
    const archive = (await readdir(folder)).find((entry) => entry.endsWith('.deb'));
    if (!archive) throw new Error('nothing was fetched');
    await run('dpkg-deb', ['-x', archive, '.'], { cwd: folder, timeout: timeoutMs });
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`apt-get download ${name}: ${firstLine(error)}`);
  }
}

/** A machine whose package lists were never fetched knows no package: root fetches them and asks again. */
async function fetchPackage(name: string, folder: string): Promise<void> {
  const fetchOnce = () => run('apt-get', ['download', '-q', name], { cwd: folder, timeout: timeoutMs });
  if (process.getuid?.() !== 0) return void (await fetchOnce());
  await fetchOnce().catch(async () => {
    await run('apt-get', ['update', '-q'], { timeout: timeoutMs });
    await fetchOnce();
  });
}

function firstLine(error: unknown): string {
  const { stderr, message } = error as Error & { stderr?: string };
  return (stderr?.split('\n').find((line) => line.startsWith('E:')) ?? message.split('\n')[0]!).trim();
}
