import { attackOf } from '../../lib/catalog/attacks/index.ts';
import { originOf } from '../../lib/catalog/datasets/index.ts';
import { type Draw, type Scenario, type Suite, specOf, trialsOf } from '../../lib/contract/suite.ts';

/**
 * The datasheet of a suite, by the questions of Gebru et al. 2018, Datasheets for datasets,
 * https://arxiv.org/abs/1803.09010
 */
export function datasheet(suite: Suite): string {
  const { id, title, seeds, scenarios, published } = suite;
  const cells = trialsOf(suite).filter((trial) => specOf(suite, trial).attack).length;
  return `# Datasheet of ${id}: ${title}

## Motivation

Made so that defenses against training-data poisoning can be compared on the same poison, frozen and described to the last byte. Made by the Antidote
developers, without funding for it, and published on ${published}.

## Composition

${cells} cells: ${scenarios.length} scenarios, each at its budgets and at ${seeds.length} seeds (${seeds.join(', ')}). A cell holds the training rows that an attack changes, with their new labels
and, where it changes images, their new images; and what is measured of it. \`README.md\` names the tensors.

| scenario | attack | aims at | data set | model | budgets |
|---|---|---|---|---|---|
${scenarios.map((scenario) => rowOf(suite, scenario)).join('\n')}

${suite.draw ? drawnImages(suite, suite.draw) : images}

## Collection

Nothing was collected. Each cell is computed from the data set, the attack's parameters and the seed, by the program whose source is public
(\`npx antidote suite build ${id}\`), to the same bytes on every machine.

## Preprocessing

The rows in the files are as the attacks made them, before anything else. What a defense is given has been jittered and brought into another order
first; \`README.md\` says how, in NumPy. This keeps copies, duplicates and membership in the public data set from giving the poison away. That nothing but
the picture and its label does is tested, and the results are shown with the suite.

## Uses

For research on defenses: train under these attacks with and without one, and compare. Not for ranking, where the answers are public: a defense
can be fitted to poison that anybody can download. Not for judging how safe a product is, which has other data, other models and other attackers.

## On releasing poison, and why it is safe to

* It harms only who trains a model on it unknowingly. The files hold changes to a data set, not a training set: one has to put them together on purpose.
* They hold numbers and text. Nothing in them is run, and reading them needs no format that can carry code.
* All attacks have been published, by others and years ago, with more than these files tell. Here they are made for small gray pictures${suite.draw ? '' : ' of clothing'} and for
  models of a few layers, which nobody relies on.
* What can be gained is real: whoever proposes a defense can be held to the same rows, and a claim can be checked.

If you keep these rows, keep their marks (\`is_poison\`) with them, and don't put them where somebody gathers training data unseen.

## Distribution

Under the MIT license, file by file in \`LICENSE\`. \`croissant.json\` describes the files to programs, \`manifest.json\` has their lengths and sha256. The sha256 of
\`manifest.json\` is the suite's digest; name it where you use the suite.

## Maintenance

A published suite is never edited; a mistake that is found is told beside it, and what replaces it is another suite with a number of its own. It can be
built again for as long as its source and its data set can be had.
`;
}

function rowOf(suite: Suite, { id, attack, family, control, dataset, model, budgets }: Scenario): string {
  const { source } = attackOf(suite, attack);
  const named = source ? `[${attack}](${source.url}): ${source.paper}` : attack;
  return `| \`${id}\` | ${named} | ${family}${control ? kindOfControl(suite) : ''} | ${dataset} | ${model} | ${budgets.join(', ')} |`;
}

/** A drawn suite also has controls that are not harmless. */
const kindOfControl = ({ draw }: Suite) => (draw ? ', control' : ', harmless control');

const images = `The images are of FashionMNIST: 28 by 28 gray pixels, pictures of articles of clothing out of a shop's catalogue, in ten classes. Nobody is shown or
named, and nothing in here is personal data. Nothing is missing that was meant to be here, and every poisoned row is marked as such. There is no split
of its own: attacks change the data set's training split, and are measured on its test split.`;

function drawnImages(suite: Suite, { plan, seed }: Draw): string {
  const { title, url, pictures } = originOf(suite);
  return `The images are of ${title} (${url}), ten of its classes: ${pictures}${suite.card ? '' : ' Nothing in here is personal data.'} Nothing is missing that was meant to
be here, and every poisoned row is marked as such. Attacks change the data set's training split, and are measured on its test split. At each seed
about half of the training split is drawn. The number of rows of each class is drawn too, and is the same in every trial of the seed, so that it tells
nothing of the attack.

All of it is the draw of plan \`${plan}\` with the seed \`${seed}\`, which is public. Whoever re-computes it knows the poison.`;
}
