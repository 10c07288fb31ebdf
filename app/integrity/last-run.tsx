import { When } from '@/app/ui/when.tsx';
import record from '@/lib/catalog/jail-record.json' with { type: 'json' };
import { JailRecord } from '@/lib/contract/jail-record.ts';

/** When all of it was last tried, and by what. */
export function LastRun() {
  const { ended, harness, platform, node, jail, tests, modules, python, programs } = JailRecord.parse(record);
  return (
    <p className="mt-4 max-w-3xl text-sm text-soft">
      Last green run: <When at={ended} />, {modules.length + python.length} modules and {programs.length} programs in{' '}
      {tests} tests, none skipped, on {platform} with {jail} and {node}, by harness {harness.version}{' '}
      <span className="font-mono text-xs wrap-anywhere">{harness.digest}</span>.
    </p>
  );
}
