import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const wide = 'size=1g';

/** A disk of one's own in memory, which can be made full, and read-only once nothing writes to it. Wants root. */
export class Disk {
  private constructor(readonly folder: string) {}

  static mount(): Disk {
    const folder = mkdtempSync(join(tmpdir(), 'antidote-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `${wide},mode=755`, 'tmpfs', folder]);
    return new Disk(folder);
  }

  /** Whether this machine lets us. */
  static isPossible(): boolean {
    try {
      Disk.mount().unmount();
      return true;
    } catch {
      return false;
    }
  }

  folderNamed(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(path);
    return path;
  }

  /** Next to nothing more fits on it. Somebody may write meanwhile: then it is a little larger than it was. */
  fill(): void {
    for (let spare = 0; ; spare += 65_536) {
      const { blocks, bfree, bsize } = statfsSync(this.folder);
      if (this.isRemounted(`size=${(blocks - bfree) * bsize + spare}`)) return;
    }
  }

  empty(): void {
    this.remount(wide);
  }

  /** False where something still writes to it: then nothing has changed. */
  protect(): boolean {
    return this.isRemounted('ro');
  }

  unprotect(): void {
    this.remount('rw');
  }

  unmount(): void {
    execFileSync('umount', ['--lazy', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private isRemounted(option: string): boolean {
    try {
      this.remount(option);
      return true;
    } catch {
      return false;
    }
  }

  private remount(option: string): void {
    execFileSync('mount', ['-o', `remount,${option}`, this.folder], { stdio: 'pipe' });
  }
}
