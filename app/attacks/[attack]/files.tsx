import Link from 'next/link';
import { FileTable } from '@/app/ui/file-table.tsx';
import { bytes } from '@/app/ui/numbers.ts';
import { Section } from '@/app/ui/page-head.tsx';
import { suiteFiles } from '@/lib/suite-store.ts';
import type { Occurrence } from '../occurrences.ts';

/**
 * The attack's files in every suite that is built on this site: one of poison for each budget and seed, with its
 * sha256.
 */
export async function Files({ occurrences }: { occurrences: readonly Occurrence[] }) {
  const scenarios = await Promise.all(
    occurrences.map(async ({ suite, scenario }) => ({
      suite,
      scenario,
      files: (await suiteFiles(suite))?.filter(({ path }) => path.startsWith(`${scenario.id}/`)) ?? null,
    })),
  );
  return (
    <Section title="Files">
      {scenarios.map(({ suite, scenario, files }) => (
        <details
          key={`${suite.id} ${scenario.id}`}
          className="border-b border-line py-2"
          open={files !== null && files.length < 8}
        >
          <summary>
            <span className="font-semibold">{scenario.id}</span>{' '}
            <span className="text-sm text-soft">
              {suite.id},{' '}
              {files
                ? `${files.length} files, ${bytes(files.reduce((sum, file) => sum + file.bytes, 0))}`
                : 'not built on this site yet'}
            </span>
          </summary>
          {files ? (
            <FileTable suite={suite.id} title={`Files of ${scenario.id} in ${suite.id}`} files={files} />
          ) : (
            <NotBuilt suite={suite.id} />
          )}
        </details>
      ))}
    </Section>
  );
}

const NotBuilt = ({ suite }: { suite: string }) => (
  <p className="py-2 text-sm text-soft">
    <Link className="link" href={`/suites/${suite}/download`}>
      How to get or build {suite}
    </Link>
  </p>
);
