import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chmod, readlink, realpath, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * Writes a file under a name of its own, and gives it its name when it is whole: readers and other writers find one
 * content or the other, and a failure leaves what was there. A link stays one; the file that it points to is replaced.
 */
export async function replaceFile(path: string, content: string | Uint8Array, mode?: number): Promise<void> {
  const target = await targetOf(path);
  const written = join(dirname(target), `.antidote-${randomUUID()}`);
  const discard = () => rmSync(written, { force: true });
  process.once('exit', discard); // a second Ctrl-C waits for nothing
  try {
    await writeFile(written, content, { flag: 'wx', mode });
    if (mode !== undefined) await chmod(written, mode); // the umask took some of it
    await rename(written, target);
  } catch (error) {
    throw Object.assign(error as Error, { path }); // of a full disk Node names no file, else the one that nobody knows
  } finally {
    process.off('exit', discard);
    discard();
  }
}

/** Also of a link to a file that is not there yet. */
async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const link = await readlink(path).catch(() => null);
    return link === null ? path : targetOf(resolve(await realpath(dirname(path)), link));
  }
}
