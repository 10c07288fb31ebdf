import Link from 'next/link';
import { Code } from '@/app/ui/code.tsx';
import { moduleLength } from '@/app/ui/words.ts';
import { exampleOf, interfaceText } from '@/lib/examples.ts';

const kinds = [
  [
    'filter',
    'Filter',
    'weighs the training rows before training. The harness then trains the suite’s model on what is left.',
  ],
  [
    'shape',
    'Shape',
    'forms the gradient of every step out of the examples’ own gradients, which are never written out one by one. The harness owns the loop. DP-SGD is three lines of it.',
  ],
  [
    'train',
    'Train',
    'owns the whole run and returns the weights of the suite’s model, or several sets of them, which then vote.',
  ],
] as const;

export function Writing() {
  return (
    <>
      <p>
        Write it in JavaScript, as here, or{' '}
        <a className="link" href="/docs/python">
          in Python
        </a>
        . In JavaScript a defense is one ES module of at most {moduleLength} that imports nothing: all it needs arrives
        as arguments. Its default export is an object literal with exactly one of three methods. It never sees which
        rows are poison, the test set, the attacker’s target, the trigger or the trial’s seed.
      </p>
      {kinds.map(([kind, name, about]) => (
        <div key={kind}>
          <h2>{name}</h2>
          <p>
            <code>{kind}</code> {about}
          </p>
          <div>
            <Code label={`A ${kind} defense`}>{exampleOf(kind)}</Code>
          </div>
          <p className="text-sm">
            <Link className="link" href={`/submissions/new?from=${kind}`}>
              Start a submission from this
            </Link>
          </p>
        </div>
      ))}
      <h2 id="interface">The interface</h2>
      <p>
        The types, as the harness has them. <code>npx antidote init</code> writes a module of each kind to start from.
      </p>
      <div>
        <Code label="The interface of a defense in TypeScript">{interfaceText()}</Code>
      </div>
      <p>
        Draws come from <code>host.random()</code> and <code>step.noise()</code>, which descend from the trial’s seed;{' '}
        <code>Math.random</code> is seeded too, and the clock stands still. The first 64 KiB of what is logged are kept,
        for you and the organizers.
      </p>
    </>
  );
}
