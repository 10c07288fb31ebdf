import { Code } from '@/app/ui/code.tsx';
import { harness } from '@/lib/harness.ts';

export function Cite() {
  return (
    <>
      <p>
        Name the suite and its digest with every number; the page of a submission has them, and the command that gives
        the same number again.
      </p>
      <div>
        <Code label="BibTeX entry">
          {`@software{antidote,
  title   = {Antidote: an open leaderboard of defenses against training-data poisoning},
  author  = {{The Antidote developers}},
  version = {${harness().version}},
  year    = {2026}
}`}
        </Code>
      </div>
    </>
  );
}
