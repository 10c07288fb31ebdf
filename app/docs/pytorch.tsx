import { Code } from '@/app/ui/code.tsx';
import { pytorchLoop, pytorchScript } from '@/lib/examples.ts';
import { homeCommands } from './python-commands.ts';

export function Pytorch() {
  return (
    <>
      <p>This script trains a small perceptron on FashionMNIST and says how accurate it is:</p>
      <div>
        <Code label="A training script of PyTorch">{pytorchScript()}</Code>
      </div>
      <p>Three changes make a defense of it. The loop in between stays as it was.</p>
      <ol>
        <li>
          <strong>The model comes from the host.</strong> <code>host.model()</code> is the suite’s architecture with the
          weights that every defense starts from.
        </li>
        <li>
          <strong>The data come from the host.</strong> <code>host.tensors(task.train)</code> is the training set, which
          may be poisoned, as float32 pixels and int64 labels.
        </li>
        <li>
          <strong>The function returns the model.</strong> It has no test rows, and does not score itself: the harness
          does, outside of the jail.
        </li>
      </ol>
      <div>
        <Code label="The script as a defense">{pytorchLoop()}</Code>
      </div>
      <p>
        Nothing has to be seeded: <code>random</code>, <code>numpy.random</code> and <code>torch</code> are, before the
        module is loaded. What is fixed in the script may be read off <code>host.recipe</code>: batch size, learning
        rate, number of steps.
      </p>
      <h2>Try it where you work</h2>
      <p>
        The first command needs Node, once, on any machine. It writes what a defense is given in two trials: a backdoor,
        and the same model without poison. Without <code>--scenario</code> and <code>--seeds</code> it writes all 18 of{' '}
        <code>smoke-2</code>, 510 MB. The others need Python with NumPy and PyTorch. They run the defense as the jail
        does, with the same seeds, and print for each scenario what the attack left, P, and the share of the damage
        undone.
      </p>
      <div>
        <Code label="Commands that run and score a defense without Node">{homeCommands}</Code>
      </div>
      <p>
        The numbers are those of <code>npx antidote evaluate</code>. A filter is trained by PyTorch here and by the
        suite’s usual engine on the board; its weights of the rows are the same, and P differs a little. At home a
        module may import whatever is installed; on the board only what its set holds. <code>npx antidote check</code>{' '}
        tells, and so does the form, before anything is submitted.
      </p>
    </>
  );
}
