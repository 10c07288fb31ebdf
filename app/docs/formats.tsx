import { Code } from '@/app/ui/code.tsx';

const files = [
  [
    'task.json',
    'n, classes, shape of a row, scale (the model sees x / scale), the model with its recipe, and the kind of defense',
  ],
  ['x.npy', 'the training rows, uint8, [n, …shape]'],
  ['y.npy', 'their labels, as given, int32, [n]'],
  ['init.safetensors', 'where training starts from, in scenarios that continue a model; else absent'],
  ['module.mjs', 'the defense; module.py where it is in Python'],
  ['row-weights.npy', 'in place of a module, where the harness knows the weights of the rows: float32, [n]'],
] as const;

export function Formats() {
  return (
    <>
      <p>
        The jail speaks files, so that a guest in another language needs no new protocol. It gets a read-only folder for
        one trial, and nothing in it names the suite, the attack, its budget or the trial’s seed:
      </p>
      <dl className="text-sm">
        {files.map(([name, about]) => (
          <div key={name} className="grid gap-x-6 border-b border-line py-2 sm:grid-cols-[10rem_1fr]">
            <dt className="font-mono text-xs leading-6">{name}</dt>
            <dd>{about}</dd>
          </div>
        ))}
      </dl>
      <p>
        Four seeds of 64 hex digits each (init, batches, noise, random) come as one line on standard input. They lie in
        no file.
      </p>
      <p>
        It writes <code>weights.safetensors</code>, float32, with the names and shapes that the task lists, in its
        order; or <code>members/000.safetensors</code> and so on for an ensemble, whose plurality is taken. Anything
        else is refused: other names, shapes or types, a value that is not finite, a link or a pipe in a file’s place.
        The field reads these formats with one line each:
      </p>
      <div>
        <Code label="Reading a job folder in Python">
          {
            "import json, numpy as np\nfrom safetensors.numpy import save_file\n\ntask = json.load(open('task.json'))\nx = np.load('x.npy').astype('float32') / task['scale']\ny = np.load('y.npy')\n…\nsave_file(weights, 'weights.safetensors')"
          }
        </Code>
      </div>
    </>
  );
}
