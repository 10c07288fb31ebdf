import type { Metadata } from 'next';
import { PageHead, Section } from '@/app/ui/page-head.tsx';
import { engineText } from '@/lib/contract/engine-text.ts';
import { results } from '@/lib/studies/paper/index.ts';
import { cleanRows } from '@/lib/studies/paper/table.ts';
import { Artifacts } from './artifacts.tsx';
import { Collision } from './collision.tsx';
import { ComparisonTable } from './comparison-table.tsx';
import { Findings } from './findings.tsx';
import { Indiscriminate } from './indiscriminate.tsx';
import { Insertion } from './insertion.tsx';
import { Targeted } from './targeted.tsx';
import { share } from './words.ts';

export const metadata: Metadata = {
  title: 'The seed paper, measured again',
  description: 'The numbers of Hong et al. 2020 on gradient shaping, and ours beside them.',
};

export default function PaperPage() {
  const engines = [...new Set(Object.values(results).map(({ engine }) => engineText(engine)))];
  return (
    <div className="wide">
      <PageHead over="paper-1, never ranked" title="The seed paper, measured again">
        <p>
          Hong, Chandrasekaran, Kaya, Dumitraș and Papernot asked in 2020 whether DP-SGD, as the exemplar of gradient
          shaping, mitigates data poisoning (
          <a className="link" href="https://arxiv.org/abs/2002.11497">
            arXiv 2002.11497
          </a>
          ). Here are the numbers of their published code and results, and ours beside them: the same attacks written
          anew, with intervals.
        </p>
      </PageHead>
      <Findings results={results} />
      <Section id="clean" title="Without an attack">
        <ComparisonTable
          label="Test accuracy without an attack, the source’s and ours"
          what="Data set, model"
          withLast
          lines={cleanRows(results).map((row) => ({
            row,
            name: `${row.dataset}, ${row.model}`,
            last: row.last,
            format: share,
          }))}
        />
      </Section>
      <Indiscriminate results={results} />
      <Artifacts results={results} />
      <Collision results={results} />
      <Insertion results={results} />
      <Targeted results={results} />
      <Section id="method" title="How it was measured">
        <div className="max-w-3xl space-y-3 text-sm text-soft">
          <p>
            The source’s runs are single ones: a standard error of .005 at 2,000 test images. Ours are means over seeds
            with 95 % intervals by Student’s t; n is the number of seeds. Tolerances were set beforehand: .01, for slab
            .03, a tenth of a norm ratio, .05 of a cosine.
          </p>
          <p>
            Not measured: slab at r = .3, insertion’s patches of 7, 10 and 14 pixels with the convolutional network, the
            norms of gradients themselves beside those of clean rows drawn at random, and targeted poison on more real
            targets than stand in its table.
          </p>
          <p>
            Every run is trusted code of the harness, not a submission: the targeted poison is crafted against each
            trained model, and the best epoch is chosen on the test set, as in the source.{' '}
            <code className="font-mono">npm run paper</code> makes every number again and keeps what is done.
            {engines.length > 0 && ` Measured on ${engines.join(' and on ')}, one thread.`}
          </p>
        </div>
      </Section>
    </div>
  );
}
