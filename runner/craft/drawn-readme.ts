import { originOf } from '../../lib/catalog/datasets/index.ts';
import { type Draw, type Suite, specOf, trialsOf } from '../../lib/contract/suite.ts';
import { basePath } from './base-file.ts';
import { cellPath } from './cell.ts';
import { rebuildDrawn } from './rebuild-drawn.ts';

/** The README of a suite that was drawn from a plan; it says what that of the first hygiene says. */
export function drawnReadme(suite: Suite, draw: Draw): string {
  const cells = trialsOf(suite).filter((trial) => specOf(suite, trial).attack);
  const { title, url } = originOf(suite);
  return `# ${suite.id}: ${suite.title}

${suite.summary}

Poison for training sets, made to compare defenses against it. Each cell is a scenario at a budget and a seed:

${cells.map((trial) => `* \`${cellPath(trial)}\``).join('\n')}

\`suite.json\` describes the scenarios, names the classes and lists the cells. \`manifest.json\` has the length and sha256 of every file. Its own sha256 is the suite's digest
(\`npx antidote suite verify <folder>\` checks all of them). \`croissant.json\` says the same to programs that read Croissant 1.1. \`poison.csv\` in a scenario's
folder lists its poisoned rows and their labels, without images. \`DATASHEET.md\` says what it is for and what not.

The data set itself is not in here: ${title} comes from ${url}.

## What is drawn

The suite is plan \`${draw.plan}\` drawn on \`${draw.dataset}\` with the seed \`${draw.seed}\`. The seed is public: whoever re-computes the draws knows the poison.

At each seed about half of the training rows are drawn, the *base*: \`${basePath({ dataset: draw.dataset, seed: suite.seeds[0]! })}\` for the first seed. The clean run trains on it. How many rows
of each class it has is drawn too, and every trial of the seed has the same numbers, a poison row counting as its label says. Where an attack takes
more rows of a class than it gives back, other rows of the data set enter; where it gives back more, rows of the base leave.

| tensor of a base | is |
|---|---|
| \`rows\` [n] | rows of the training split, among those of the classes in \`suite.json\`, from 0 |
| \`histogram\` [classes] | rows of each class in every trial |

## A cell

A safetensors file. Images are uint8, as they are in the data set, before jitter.

| tensor | is |
|---|---|
| \`index\` [k] | rows of the base that the attack takes |
| \`labels\` [k] | their new labels |
| \`rows\` [k or 0, …] | their new images; none where only labels change, or an overlay is stamped |
| \`overlay\`, \`overlay_opacity\` [classes, …] | only where rows are stamped: what is laid over a row that had this label before, as a trigger is |
| \`is_poison\` [n] | 1 for the rows in \`index\` |
| \`leave\` [d] | rows of the base that leave |
| \`enter\` [d] | rows of the training split that take their places |
| \`attacked\` [t] | test rows that are measured, among those of the suite's classes |
| \`wanted\` [t or 0] | what the attacker wants them called; none where any wrong label serves |
| \`others\` | classes whose clean test rows must hold, where the attack names any |
| \`trigger\`, \`opacity\` [1 or 0, …] | what is stamped on them: (x · (255 − opacity) + trigger · opacity + 127) / 255, rounded down |

## Examples

\`<scenario>/examples.safetensors\` shows up to eight rows of a scenario, at the first seed and the largest budget, before jitter:

| tensor | is |
|---|---|
| \`index\` [k] | rows of the base whose places the poison takes |
| \`clean\` [k, …] | the clean rows that it was made from: those that it copies (a target is a test row), or else those whose places it takes |
| \`poison\` [k, …] | the poison rows |
| \`clean_labels\`, \`poison_labels\` [k] | their labels, before and after |

## The training set, byte for byte

With \`data\` the folder of the data set's files and \`number\` a cell's place in \`suite.json\`:

\`\`\`python
${rebuildDrawn(draw.dataset, suite.card)}
\`\`\`

\`x\` and \`y\` are now what a defense gets. Each row was multiplied by a gain in [.85, 1.15], each pixel moved by −3 … 3, and the rows were brought into a secret
order (public here). Test rows are jittered the same way, with the seed \`test\`, after the trigger and in their own order.

## Use

This is poison, released for research on defenses, where everything about it is known and nothing of it reaches a product. Don't train anything on it that
somebody relies on. License: see LICENSE.
`;
}
