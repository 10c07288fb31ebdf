import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { projectDir } from '../../runner/host/dist.ts';

/**
 * Writes tests/.out/seconds.json: how long each file took with its imports and hooks, and what was known of the others.
 * To be copied over tests/seconds.json now and then. The report in JSON leaves hooks out, and with them most of what a
 * test of a site or a database takes.
 */
export default class FileSeconds implements Reporter {
  readonly #seconds: Record<string, number> = JSON.parse(readFileSync(join(projectDir, 'tests/seconds.json'), 'utf8'));

  onTestModuleEnd(module: TestModule): void {
    const { collectDuration, duration } = module.diagnostic();
    this.#seconds[module.relativeModuleId] = Math.round((collectDuration + duration) / 100) / 10;
  }

  onTestRunEnd(): void {
    const known = Object.entries(this.#seconds).filter(
      ([path, seconds]) => seconds >= 1 && existsSync(join(projectDir, path)),
    );
    const sorted = Object.fromEntries(known.sort(([a], [b]) => a.localeCompare(b)));
    mkdirSync(join(projectDir, 'tests/.out'), { recursive: true });
    writeFileSync(join(projectDir, 'tests/.out/seconds.json'), `${JSON.stringify(sorted, null, 2)}\n`);
  }
}
