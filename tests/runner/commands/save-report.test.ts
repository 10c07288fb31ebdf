import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { saveReport } from '../../../runner/commands/save-report.ts';

afterEach(() => void vi.restoreAllMocks());

it('a report whose disk is full is kept elsewhere, and the line says where', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await saveReport('/dev/full', '{"worth":"hours"}\n')).toBe(false);
  const kept = /its disk is full\. The report is in (\S+)\.\n$/.exec(String(said.mock.calls[0]![0]))![1]!;
  expect(readFileSync(kept, 'utf8')).toBe('{"worth":"hours"}\n');
  rmSync(kept);
});

it('a report is written where it was wanted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'antidote-report-'));
  expect(await saveReport(join(folder, 'report.json'), '{}\n')).toBe(true);
  expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('{}\n');
  rmSync(folder, { recursive: true });
});
