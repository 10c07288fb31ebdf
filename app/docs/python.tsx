import Link from 'next/link';
import { Code } from '@/app/ui/code.tsx';
import { moduleLength } from '@/app/ui/words.ts';
import { DefenseKind } from '@/lib/contract/ids.ts';
import { exampleOf, stepText } from '@/lib/examples.ts';
import { torchSuites } from '@/lib/scoring/references.ts';
import { hostMethods, pythonCommands } from './python-commands.ts';

const about: Record<DefenseKind, string> = {
  filter: 'weighs the training rows. The harness then trains the suite’s model on what is left. It needs NumPy alone.',
  shape: 'forms the gradient of every step out of the examples’ own gradients. The harness owns the loop.',
  train:
    'owns the whole run, and returns a module of PyTorch, weights by the suite’s names, or a list of these, which vote.',
};

const sets = [
  ['numpy', 'NumPy, SciPy, scikit-learn, safetensors, tqdm', '280 MB; npm start makes it by itself'],
  ['torch', 'the same, PyTorch, torchvision and Opacus', '5.7 GB'],
  ['jax', 'the same as numpy, and JAX', '380 MB more than numpy'],
] as const;

export function Python() {
  return (
    <>
      <p>
        A defense is one file of at most {moduleLength} that ends in <code>.py</code>. At its top level it has exactly
        one of three functions, <code>filter</code>, <code>shape</code> or <code>train</code>. It gets the same board,
        jail, limits and report as a module in JavaScript. A <code>filter</code> is taken by every suite and season. A{' '}
        <code>shape</code> or a <code>train</code> is held against the undefended model of PyTorch, which is measured on{' '}
        {torchSuites().join(' and ')} so far: other suites refuse it. From nothing to a score:
      </p>
      <div>
        <Code label="Commands from nothing to a score">{pythonCommands}</Code>
      </div>
      {DefenseKind.options.map((kind) => (
        <div key={kind}>
          <h2>A {kind} in Python</h2>
          <p>
            <code>{kind}</code> {about[kind]}
          </p>
          <div>
            <Code label={`A ${kind} defense in Python`}>{exampleOf(kind, 'python')}</Code>
          </div>
          <p className="text-sm">
            <Link className="link" href={`/submissions/new?from=${kind}&language=python`}>
              Start a submission from this
            </Link>
          </p>
        </div>
      ))}
      <h2>What it is given</h2>
      <p>
        A training set has <code>n</code>, <code>classes</code>, <code>shape</code> (of one row), <code>scale</code>,{' '}
        <code>x</code> (uint8, <code>[n, *shape]</code>) and <code>y</code> (int32, <code>[n]</code>). The model sees{' '}
        <code>x / scale</code>. A task has <code>train</code>, <code>model</code> and <code>init</code>. A step gives
        norms, inner products and weighted sums of the examples’ gradients, which are never written out one by one:
      </p>
      <div>
        <Code label="Gradient and step in Python">{stepText()}</Code>
      </div>
      <p>A host offers:</p>
      <dl className="text-sm">
        {Object.entries(hostMethods).map(([name, what]) => (
          <div key={name} className="grid gap-x-6 border-b border-line py-2 sm:grid-cols-[16rem_1fr]">
            <dt className="font-mono text-xs leading-6 wrap-anywhere">{name}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <h2>Packages</h2>
      <p>
        A module gets the smallest of three sets that has what it imports. What shapes gradients, or asks its host to
        train or predict, gets <code>torch</code>. <code>npx antidote python-env torch</code> makes a set, and{' '}
        <code>npx antidote doctor</code> says which are missing.
      </p>
      <dl className="text-sm">
        {sets.map(([name, holds, size]) => (
          <div key={name} className="grid gap-x-6 border-b border-line py-2 sm:grid-cols-[6rem_1fr_14rem]">
            <dt className="font-mono text-xs leading-6">{name}</dt>
            <dd>{holds}</dd>
            <dd className="text-soft">{size}</dd>
          </div>
        ))}
      </dl>
      <h2>What is otherwise in the jail</h2>
      <ul>
        <li>
          <code>random</code>, <code>numpy.random</code> and <code>torch</code> are seeded from the trial before the
          module is loaded. The clock is the real one: what draws by it is not repeatable.
        </li>
        <li>
          One process, one core: a <code>DataLoader</code> loads in its own process whatever <code>num_workers</code>{' '}
          says, and <code>torch.compile</code> gives back what it was given.
        </li>
        <li>
          No network, no <code>fork</code>, no <code>subprocess</code>, no <code>asyncio</code>. A failure names file
          and line.
        </li>
        <li>
          <code>/tmp</code> is writable and holds 64 MiB. Nothing in it can be run or loaded as a library.
        </li>
        <li>
          <code>.cuda()</code> on a runner without a GPU fails with a sentence.
        </li>
      </ul>
    </>
  );
}
