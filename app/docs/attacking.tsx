import Link from 'next/link';
import { Code } from '@/app/ui/code.tsx';
import { attackExample, attackInterface } from '@/lib/examples.ts';

export function Attacking() {
  return (
    <>
      <p>
        An attack is one file, and a suite that uses it is another. Both stay on your machine: nothing is published, the
        harness digest stays as it is, and a report says that its suite is private and cannot be submitted.
      </p>
      <h2>The attack</h2>
      <p>
        Its default export is one object. <code>aim</code> says which test rows are measured: everything, a group,
        targets, or triggered rows. <code>budget</code> says what a budget counts: a rate is a share of the training
        rows. <code>poison</code> names the rows that it takes, and their new labels and pixels. All its draws come from{' '}
        <code>rng</code>, so that a seed gives the same poison everywhere.
      </p>
      <div>
        <Code label="my-attack.mjs, an attack">{attackExample('my-attack.mjs')}</Code>
      </div>
      <h2>The suite</h2>
      <p>
        Scenarios name an attack of the list or your own, a data set, a model and budgets. Scored seeds are 0 and 1
        unless the file says others. At most 100 seeds, 100 scenarios and 10,000 runs are taken.
      </p>
      <div>
        <Code label="my-suite.json, a suite">{attackExample('my-suite.json')}</Code>
      </div>
      <h2>The commands</h2>
      <div>
        <Code label="Commands that build, calibrate and evaluate a suite of one’s own">
          {attackExample('commands.txt')}
        </Code>
      </div>
      <ul>
        <li>
          <code>--attack</code> runs your file on your machine, without a jail: it is trusted. Poison over its budget,
          or on rows that are not there, is refused.
        </li>
        <li>
          <code>evaluate</code> builds the suite by itself. Without a calibration it shows P, the share of attacked rows
          that got their true label; ρ needs the undefended numbers. A suite of one’s own is scored by the{' '}
          <Link className="link" href="/docs/score#score-1">
            first rules
          </Link>
          , so its ρ is not comparable with a mean on smoke-2, core-2 or in a season.
        </li>
        <li>
          <code>suite calibrate</code> measures these and writes them beside the suite file, as{' '}
          <code>my-suite.reference.wasm.json</code> or <code>my-suite.reference.tensorflow.json</code>. After a change
          of the suite or the attack it is run again. Without <code>--seeds</code> it takes ten seeds more, by which it
          decides whether the attack bites.
        </li>
        <li>Keep the attack in one file: a change in a file that it imports is not noticed.</li>
      </ul>
      <p>The types, as the harness has them:</p>
      <div>
        <Code label="The interface of an attack in TypeScript">{attackInterface()}</Code>
      </div>
    </>
  );
}
