import { Code } from '@/app/ui/code.tsx';
import { outcomeText } from '@/app/ui/words.ts';
import { FailureReason } from '@/lib/contract/ids.ts';
import { dailyLimit } from '@/lib/db/quota.ts';

export function Submitting() {
  return (
    <>
      <p>On your own machine, with the very code that will judge it, jail included:</p>
      <div>
        <Code label="Commands that check and evaluate a defense">
          {'npx antidote check ./my-defense.mjs\nnpx antidote evaluate ./my-defense.mjs --suite smoke-2'}
        </Code>
      </div>
      <p>Then on the page, or from the command line:</p>
      <div>
        <Code label="Commands that submit a defense">
          {'npx antidote login\nnpx antidote submit ./my-defense.mjs --suite smoke-2 --name "My defense" --watch'}
        </Code>
      </div>
      <p>
        What <code>evaluate --json report.json</code> writes may come along, with <code>--report report.json</code>: the
        page then shows your own run beside the runner’s, and how many trials agree to the last bit. Any row of the
        board, yours or another’s, is run again and compared on your machine:
      </p>
      <div>
        <Code label="Commands that verify a row of the board">
          {
            'npx antidote verify <submission> --suite smoke-2\nnpx antidote verify dp-sgd --suite smoke-2 --scenario confidence-flip-lr --seeds 1'
          }
        </Code>
      </div>
      <ul>
        <li>The code becomes public with its first score, under the license that its card names.</li>
        <li>
          A submission does not change; a new version is a new submission. The same module twice is one submission.
        </li>
        <li>
          Authors are as the card declares them. Where you sign in with ORCID and the card names your iD, the page says
          that ORCID vouched for it.
        </li>
        <li>
          For a review that must not know you, <code>--anonymous-until 2027-03-01</code> (in the form, “Anonymous
          until”) withholds your name and the card’s authors until that day, from everybody, organizers too. Nothing
          else is changed: leave your name out of the code and the description. The page tells it earlier when you say
          so.
        </li>
        <li>Withdrawing takes the row off the board. The page stays, with the reason.</li>
        <li>
          {dailyLimit.smoke} evaluations a day on the smoke suites together, {dailyLimit.core} on a core suite. What our
          side failed is given back.
        </li>
      </ul>
      <h2>When it fails</h2>
      <p>
        A failure of the module is scored: its trial counts as a run that calls every row wrong. A failure of our
        machines is tried again, never scored and never charged. Three trials at the time limit, and the rest are not
        run.
      </p>
      <dl className="text-sm">
        {FailureReason.options.map((reason) => (
          <div key={reason} className="grid gap-x-6 border-b border-line py-2 sm:grid-cols-[10rem_1fr]">
            <dt className="font-mono text-xs leading-6">{reason}</dt>
            <dd>
              It {outcomeText[reason].name}. {outcomeText[reason].hint}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
