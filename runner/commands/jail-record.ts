import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { hostileModules, hostilePrograms } from '../../lib/catalog/hostile.ts';
import { hostilePython } from '../../lib/catalog/hostile-python.ts';
import { JailRecord } from '../../lib/contract/jail-record.ts';
import { UsageError } from '../errors.ts';
import { projectDir } from '../host/dist.ts';
import { harness } from '../host/harness.ts';
import { withScratch } from '../host/scratch.ts';
import { writeNamed } from '../host/write-named.ts';
import { filesNotBegun, vitest } from '../lanes/vitest.ts';
import { pythonEnv } from './python-env.ts';

/**
 * Runs all that is hostile against the jail and, if every test passes and none is skipped, writes down when and by
 * what, for the page /integrity.
 */
export async function writeJailRecord(): Promise<number> {
  await pythonEnv('numpy'); // what the hostile modules in Python run on
  // With CI a skipped test is a failed one.
  const { code, report } = await withScratch((folder) =>
    vitest(['tests/runner/jail'], join(folder, 'report.json'), { variables: { CI: 'true' } }),
  );
  const [passed, total] = [report?.numPassedTests ?? 0, report?.numTotalTests ?? 0];
  if (code !== 0 || passed !== total) {
    const notBegun = report ? filesNotBegun(report) : 0;
    const files = notBegun === 0 ? '' : `, and ${notBegun} test files could not begin`;
    throw new UsageError(
      `${passed} of ${total} tests of the jail passed${files}; the record stays as it was. Mend what failed and run this again.`,
    );
  }
  const record: JailRecord = {
    ended: `${new Date().toISOString().slice(0, 19)}Z`,
    harness: harness(),
    platform: `${process.platform}-${process.arch}`,
    node: `Node.js ${process.version}`,
    jail: spawnSync('bwrap', ['--version'], { encoding: 'utf8' }).stdout.trim(),
    tests: passed,
    modules: Object.keys(hostileModules),
    programs: Object.keys(hostilePrograms),
    python: Object.keys(hostilePython),
  };
  await writeNamed(
    join(projectDir, 'lib/catalog/jail-record.json'),
    `${JSON.stringify(JailRecord.parse(record), null, 2)}\n`,
  );
  return 0;
}
