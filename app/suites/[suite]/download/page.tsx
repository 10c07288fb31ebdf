import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Code } from '@/app/ui/code.tsx';
import { bytes } from '@/app/ui/numbers.ts';
import { PageHead, Section } from '@/app/ui/page-head.tsx';
import { PlainTable } from '@/app/ui/plain-table.tsx';
import { attackName, budgetsText, familyName, modelName } from '@/app/ui/words.ts';
import { findGates } from '@/lib/catalog/suites/gates.ts';
import { findSuite } from '@/lib/catalog/suites/index.ts';
import { siteOrigin } from '@/lib/site-origin.ts';
import { suiteFiles } from '@/lib/suite-store.ts';
import { Facts } from './facts.tsx';
import { FileList } from './files.tsx';
import { GateTable } from './gates.tsx';

type Props = { params: Promise<{ suite: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const suite = findSuite((await params).suite);
  if (!suite) return { title: 'No such suite' };
  return {
    title: `${suite.id}, the data`,
    description: `The poison of ${suite.id} to download, file by file with its sha256, and the command that builds the same bytes.`,
  };
}

export default async function DownloadPage({ params }: Props) {
  const suite = findSuite((await params).suite);
  if (!suite) notFound();
  const files = await suiteFiles(suite);
  const address = `${siteOrigin()}/api/v1/suites/${suite.id}/files`;
  const gates = findGates(suite);
  const largest = files?.reduce((most, file) => (file.bytes > most.bytes ? file : most));
  return (
    <div className="wide">
      <PageHead
        over={
          <Link className="link" href={`/suites/${suite.id}`}>
            {suite.id}
          </Link>
        }
        title="The data"
      >
        <p>
          The poison of every scenario, as NumPy and PyTorch read it with one line, with the mask of what is poison.
          Frozen: {suite.id} never changes, and its digest covers every byte.
        </p>
      </PageHead>
      <Facts suite={suite} built={files !== null} />
      <Section title="Scenarios" aside={`seeds ${suite.seeds.join(', ')}`}>
        <PlainTable
          label={`Scenarios of ${suite.id}`}
          columns={['Scenario', 'Attack', 'Family', 'Data set', 'Model', 'Budgets']}
        >
          {suite.scenarios.map(({ id, attack, family, dataset, model, budgets, control }) => (
            <tr key={id} className="border-b border-line">
              <th
                scope="row"
                className="py-1.5 pr-5 text-left font-mono text-xs leading-6 font-normal whitespace-nowrap"
              >
                {id}
              </th>
              <td className="py-1.5 pr-5 whitespace-nowrap">{attackName(attack)}</td>
              <td className="py-1.5 pr-5">
                {familyName[family]}
                {control && ', control'}
              </td>
              <td className="py-1.5 pr-5">{dataset}</td>
              <td className="py-1.5 pr-5 whitespace-nowrap">{modelName(model)}</td>
              <td className="py-1.5 whitespace-nowrap">{budgetsText(budgets, attack)}</td>
            </tr>
          ))}
        </PlainTable>
      </Section>
      <Section title="Get it">
        <p className="mb-3">By the command line, which resumes, checks every file and mends what differs:</p>
        <Code label="Commands that pull and verify the suite">{`npx antidote suite pull ${suite.id} --out ${suite.id}\nnpx antidote suite verify ${suite.id}`}</Code>
        {largest && (
          <>
            <p className="mt-5 mb-3">
              One by one; a broken download goes on where it stopped, as every file answers Range and has its sha256 as
              its ETag:
            </p>
            <Code label="A command that downloads one file">{`curl --fail --location --continue-at - --create-dirs --output ${largest.path} \\\n  ${address}/${largest.path}`}</Code>
          </>
        )}
        <p className="mt-5 mb-3">Or built from nothing but the data set, on any machine, to the very same bytes:</p>
        <Code label="A command that builds the suite">{`npx antidote suite build ${suite.id} --out ${suite.id}`}</Code>
      </Section>
      <Section title="Gates" aside="tested before it was published">
        {gates ? (
          <GateTable suite={suite} gates={gates} />
        ) : (
          <p className="text-soft">{suite.id} has not been through its gates yet.</p>
        )}
      </Section>
      <Section
        title="Files"
        aside={files ? `${files.length} files, ${bytes(files.reduce((sum, file) => sum + file.bytes, 0))}` : undefined}
      >
        {files === null ? (
          <p className="text-soft">This site has not built the suite yet. The command above builds it anywhere.</p>
        ) : (
          <FileList suite={suite.id} files={files} />
        )}
      </Section>
    </div>
  );
}
