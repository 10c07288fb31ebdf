import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { causeOf, shownPath } from '../host/file-causes.ts';
import { writeNamed } from '../host/write-named.ts';
import { remark } from '../terminal/tell.ts';

/**
 * Writes the report of a run that may have taken hours. Where its disk fills meanwhile, it goes into the machine's
 * temporary folder, and the line on stderr says so. False then.
 */
export async function saveReport(file: string, text: string): Promise<boolean> {
  try {
    await writeNamed(file, text);
    return true;
  } catch (error) {
    const kept = join(tmpdir(), `antidote-report-${process.pid}.json`);
    await writeFile(kept, text);
    remark(
      `--json ${shownPath(file)}: it can’t be written: ${causeOf(error as NodeJS.ErrnoException)}. The report is in ${kept}.`,
    );
    return false;
  }
}
