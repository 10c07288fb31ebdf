import { type Suite, specOf, trialsOf } from '../../lib/contract/suite.ts';
import { cellPath } from './cell.ts';
import { drawnReadme } from './drawn-readme.ts';

/**
 * The lines of NumPy that rebuild a cell's training set by the first hygiene, byte for byte. Names `data` (the folder
 * of the data set's .gz files) and `cell`.
 */
export const rebuildSnippet = `import gzip, json, numpy as np
suite, idx = json.load(open('suite.json')), lambda name, skip: np.frombuffer(gzip.open(f'{data}/train-{name}-ubyte.gz').read(), 'u1', offset=skip)
x, y, cell = idx('images-idx3', 16).reshape(-1, 784).copy(), idx('labels-idx1', 8).astype('<i4'), suite['cells'][number]
dataset = next(scenario['dataset'] for scenario in suite['scenarios'] if scenario['id'] == cell['scenario'])
if dataset == 'fashion-mnist-3-4': kept = np.sort(np.concatenate([np.flatnonzero(y == label)[:5400] for label in (3, 4)])); x, y = x[kept], y[kept] - 3
file = open(cell['path'], 'rb').read(); start = 8 + int.from_bytes(file[:8], 'little'); head = json.loads(file[8:start])
tensor = lambda name: np.frombuffer(file[start:][slice(*head[name]['data_offsets'])], {'U8': 'u1', 'I32': '<i4'}[head[name]['dtype']])
index, rows = tensor('index'), tensor('rows').reshape(-1, 784); x[index[:len(rows)]] = rows
if 'overlay' in head: over, a = (tensor(name).reshape(-1, 784)[y[index]].astype('i4') for name in ('overlay', 'overlay_opacity')); x[index] = (x[index] * (255 - a) + over * a + 127) // 255
y[index] = tensor('labels'); seeds = suite['hygiene'][dataset][str(cell['seed'])]; jitter, words = np.random.RandomState(seeds['train']), np.random.RandomState(seeds['order'])
gain = 55706 + (np.frombuffer(jitter.bytes(4 * len(x)), '<u4').astype('u8') * 19661 >> 32).astype('i4'); noise = np.frombuffer(jitter.bytes(x.size), 'u1')
x = np.clip((gain[:, None] * x + 32768 >> 16) + (noise.reshape(x.shape).astype('i4') * 7 >> 8) - 3, 0, 255).astype('u1')
order = np.argsort(np.frombuffer(words.bytes(4 * len(x)), '<u4'), kind='stable'); x, y = x[order], y[order]`;

/**
 * The suite's README: what lies where, what the tensors mean, how to rebuild a training set, and what not to do with
 * it.
 */
export function readme(suite: Suite): string {
  if (suite.draw) return drawnReadme(suite, suite.draw);
  const cells = trialsOf(suite).filter((trial) => specOf(suite, trial).attack);
  return `# ${suite.id}: ${suite.title}

${suite.summary}

Poison for training sets, made to compare defenses against it. Each cell is a scenario at a budget and a seed:

${cells.map((trial) => `* \`${cellPath(trial)}\``).join('\n')}

\`suite.json\` describes the scenarios and lists the cells; \`manifest.json\` has the length and sha256 of every file, and its own sha256 is the suite's digest
(\`npx antidote suite verify <folder>\` checks all of them); \`croissant.json\` says the same to programs that read Croissant 1.1. \`poison.csv\` in a scenario's
folder lists its poisoned rows and their labels, without images. \`DATASHEET.md\` says what it is for and what not.

The data set itself is not in here: FashionMNIST comes from https://github.com/zalandoresearch/fashion-mnist.

## A cell

A safetensors file. Images are uint8, as they are in the data set, before jitter.

| tensor | is |
|---|---|
| \`index\` [k] | rows of the training set that the attack takes |
| \`labels\` [k] | their new labels |
| \`rows\` [k or 0, 28, 28, 1] | their new images; none where only labels change, or an overlay is stamped |
| \`overlay\`, \`overlay_opacity\` [classes, 28, 28, 1] | only where rows are stamped: what is laid over a row that had this label before, as a trigger is |
| \`is_poison\` [n] | 1 for the rows in \`index\` |
| \`attacked\` [t] | test rows that are measured |
| \`wanted\` [t or 0] | what the attacker wants them called; none where any wrong label serves |
| \`trigger\`, \`opacity\` [1 or 0, 28, 28, 1] | what is stamped on them: (x · (255 − opacity) + trigger · opacity + 127) / 255, rounded down |

## Examples

\`<scenario>/examples.safetensors\` shows up to eight rows of a scenario, at the first seed and the largest budget, before jitter:

| tensor | is |
|---|---|
| \`index\` [k] | rows of the training set whose places the poison takes |
| \`clean\` [k, 28, 28, 1] | the clean rows that it was made from: those that it copies (a target is a test row), or else those whose places it takes |
| \`poison\` [k, 28, 28, 1] | the poison rows |
| \`clean_labels\`, \`poison_labels\` [k] | their labels, before and after |

## The training set, byte for byte

With \`data\` the folder of the data set's four .gz files and \`number\` a cell's place in \`suite.json\`:

\`\`\`python
${rebuildSnippet}
\`\`\`

\`x\` and \`y\` are now what a defense gets. Each row was multiplied by a gain in [.85, 1.15], each pixel moved by −3 … 3, and the rows were brought into a secret
order (public here): so that copies, duplicates and membership in the public data set give nothing away. Test rows are jittered the same way, with the seed \`test\`,
after the trigger and in their own order.

## Use

This is poison, released for research on defenses, where everything about it is known and nothing of it reaches a product. Don't train anything on it that
somebody relies on. License: see LICENSE.
`;
}
