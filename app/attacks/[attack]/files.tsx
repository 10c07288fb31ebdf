import Link from 'next/link';
import { bytes } from '@/app/ui/numbers.ts';
import { Section } from '@/app/ui/page-head.tsx';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import { type SuiteFile, suiteFiles } from '@/lib/suite-store.ts';
import type { Occurrence } from '../occurrences.ts';

/** The attack's files in every suite that is built on this site: one of poison for each budget and seed, with its sha256. */
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
        <details key={`${suite.id} ${scenario.id}`} className="border-b border-line py-2" open={files !== null && files.length < 8}>
          <summary>
            <span className="font-semibold">{scenario.id}</span>{' '}
            <span className="text-sm text-soft">
              {suite.id}, {files ? `${files.length} files, ${bytes(files.reduce((sum, file) => sum + file.bytes, 0))}` : 'not built on this site yet'}
            </span>
          </summary>
          {files ? <FileTable suite={suite.id} scenario={scenario.id} files={files} /> : <NotBuilt suite={suite.id} />}
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

function FileTable({ suite, scenario, files }: { suite: string; scenario: string; files: readonly SuiteFile[] }) {
  return (
    <ScrollTable label={`Files of ${scenario} in ${suite}`}>
      <table className="mt-1 w-full border-collapse text-sm">
        <thead className="border-b border-rule text-left">
          <tr>
            {['Path', 'Bytes', 'sha256'].map((name) => (
              <th key={name} scope="col" className="py-1.5 pr-5 font-semibold">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {files.map(({ path, bytes: size, sha256 }) => (
            <tr key={path} className="border-b border-line">
              <th scope="row" className="py-1.5 pr-5 text-left font-normal whitespace-nowrap">
                <a className="link" href={`/api/v1/suites/${suite}/files/${path}`}>
                  {path}
                </a>
              </th>
              <td className="py-1.5 pr-5 text-right">{size.toLocaleString('en-US')}</td>
              <td className="py-1.5 font-mono text-xs leading-6">{sha256.replace('sha256:', '')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}
