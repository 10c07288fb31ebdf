import type { ReactNode } from 'react';
import type { Suite } from '@/lib/contract/suite.ts';

/** What the suite is known by and what describes it. Its files are links where the site has them. */
export function Facts({ suite, built }: { suite: Suite; built: boolean }) {
  const file = (path: string) => <FileLink suite={suite.id} built={built} path={path} />;
  return (
    <dl className="text-sm">
      <Fact name="Digest">
        <span className="font-mono text-xs leading-6 wrap-anywhere">{suite.digest}</span>, the sha256 of{' '}
        {file('manifest.json')}
      </Fact>
      <Fact name="Published">{suite.published}</Fact>
      <Fact name="License">
        MIT, file by file in {file('LICENSE')}; the images are made from FashionMNIST, MIT, Zalando SE
      </Fact>
      <Fact name="For programs">
        {file('croissant.json')}: every file, every cell and every poisoned row, in Croissant 1.1
      </Fact>
      <Fact name="For people">
        {file('DATASHEET.md')}: what it is for and what not, and why poison is released; {file('README.md')}: what lies
        where, and the lines of NumPy that rebuild a training set
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 border-b border-line py-2 first:border-t sm:grid-cols-[9rem_1fr]">
      <dt className="text-soft">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function FileLink({ suite, built, path }: { suite: string; built: boolean; path: string }) {
  if (!built) return path;
  return (
    <a className="link" href={`/api/v1/suites/${suite}/files/${path}`}>
      {path}
    </a>
  );
}
