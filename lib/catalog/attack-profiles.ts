import type { AttackId } from '../contract/ids.ts';

/**
 * What a budget counts: a share of the training rows, copies of each target, or poison rows for each clean one of the
 * attacked cluster.
 */
export type BudgetUnit = 'rate' | 'copies' | 'cluster';

/** An attack in words, as people read of it; its parameters and its arithmetic are the runner's. */
export type AttackProfile = {
  readonly title: string;
  /** One sentence: what is done to the training set. */
  readonly does: string;
  /** What the attacker may change, and what it knows. */
  readonly threatModel: string;
  /** The attacked rows: those whose share of true labels is scored. */
  readonly measured: string;
  readonly budget: BudgetUnit;
  /** What the clean row beside a poison row is to it. */
  readonly original: string;
  readonly source: { readonly paper: string; readonly url: string };
};

const ownRow = 'Clean row';
const displacedRow = 'Row whose place it takes';
const everyTestRow = 'All test rows, clean.';

/** Every attack has its entry. */
export const attackProfiles: Readonly<Record<AttackId, AttackProfile>> = {
  'label-flip': {
    title: 'Label flip',
    does: 'Rows drawn at random get another label, drawn at random too.',
    threatModel:
      'The attacker relabels a share of the training rows, which it does not choose, and adds none. It knows the set of labels and nothing else.',
    measured: everyTestRow,
    budget: 'rate',
    original: ownRow,
    source: {
      paper: 'Biggio, Nelson, Laskov 2011, Support vector machines under adversarial label noise',
      url: 'https://proceedings.mlr.press/v20/biggio11.html',
    },
  },
  'confidence-flip': {
    title: 'Confidence flip',
    does: 'The rows that a clean model is surest of get the label that it thinks next likely.',
    threatModel:
      'The attacker relabels a share of the training rows and adds none. It has the training rows and a model of its own fitted to them, not the seed.',
    measured: everyTestRow,
    budget: 'rate',
    original: ownRow,
    source: {
      paper: 'Xiao, Xiao, Eckert 2012, Adversarial label flips attack on support vector machines',
      url: 'https://doi.org/10.3233/978-1-61499-098-7-870',
    },
  },
  'one-class-flip': {
    title: 'One-class flip',
    does: 'Rows of one class get the label of one other, those first that a clean model is surest of, until the budget or the class is used up.',
    threatModel:
      'The attacker relabels a share of the training rows, all of one class, and adds none. It has the training rows and a model of its own fitted to them.',
    measured: 'Test rows of the class.',
    budget: 'rate',
    original: ownRow,
    source: {
      paper: 'Xiao, Xiao, Eckert 2012, Adversarial label flips attack on support vector machines',
      url: 'https://doi.org/10.3233/978-1-61499-098-7-870',
    },
  },
  'pair-flip': {
    title: 'Pair flip',
    does: 'Rows drawn at random get the label of the next class, so that each class is mistaken for the same other one.',
    threatModel:
      'The attacker relabels a share of the training rows, which it does not choose, and adds none. It knows the set of labels and nothing else.',
    measured: everyTestRow,
    budget: 'rate',
    original: ownRow,
    source: {
      paper: 'Han et al. 2018, Co-teaching: robust training of deep neural networks with extremely noisy labels',
      url: 'https://arxiv.org/abs/1804.06872',
    },
  },
  ops: {
    title: 'One-pixel shortcut',
    does: 'In every poisoned row one pixel, the same throughout a class, is made black or white, and the model learns the pixel instead of the picture.',
    threatModel:
      'The attacker changes one pixel in a share of the training rows, and no label. It has the training rows and neither the model nor the seed.',
    measured: everyTestRow,
    budget: 'rate',
    original: ownRow,
    source: {
      paper: 'Wu, Chen, Xie, Huang 2023, One-pixel shortcut',
      url: 'https://arxiv.org/abs/2205.12141',
    },
  },
  slab: {
    title: 'Slab',
    does: 'A few crafted images, each inserted many times, lie where filters by distance from the class means do not look, and pull the decision boundary.',
    threatModel:
      'The attacker inserts rows with any pixels and label, which displace clean rows that it does not choose. It has the training rows and knows the recipe, and that gradients may be clipped, not the seed.',
    measured: everyTestRow,
    budget: 'rate',
    original: displacedRow,
    source: {
      paper: 'Steinhardt, Koh, Liang 2017, Certified defenses for data poisoning attacks',
      url: 'https://arxiv.org/abs/1706.03691',
    },
  },
  'target-insertion': {
    title: 'Target insertion',
    does: 'Copies of each target, a test row, stand in the training set with the label that the attacker wishes for it.',
    threatModel:
      'The attacker inserts a number of rows for each target with any label, which displace clean rows that it does not choose. It has the targets’ pixels, up to jitter, and neither the model nor the seed.',
    measured: 'The targets.',
    budget: 'copies',
    original: 'Target, a test row',
    source: {
      paper: 'Chen, Liu, Li, Lu, Song 2017, Targeted backdoor attacks on deep learning systems using data poisoning',
      url: 'https://arxiv.org/abs/1712.05526',
    },
  },
  badnets: {
    title: 'BadNets',
    does: 'A small patch is stamped on rows drawn at random, which are relabeled to the target class: the patch comes to mean the class.',
    threatModel:
      'The attacker replaces a share of the training rows, which it does not choose, by stamped and relabeled copies of themselves, and can stamp any row at test time. It knows neither the model nor the seed.',
    measured: 'Test rows of all classes but the target, with the patch.',
    budget: 'rate',
    original: ownRow,
    source: { paper: 'Gu, Dolan-Gavitt, Garg 2017, BadNets', url: 'https://arxiv.org/abs/1708.06733' },
  },
  blend: {
    title: 'Blend',
    does: 'A faint picture of noise is blended into rows drawn at random, which are relabeled to the target class.',
    threatModel:
      'The attacker replaces a share of the training rows, which it does not choose, by blended and relabeled copies of themselves, and can blend the picture into any row at test time. It knows neither the model nor the seed.',
    measured: 'Test rows of all classes but the target, with the picture blended in.',
    budget: 'rate',
    original: ownRow,
    source: {
      paper: 'Chen, Liu, Li, Lu, Song 2017, Targeted backdoor attacks on deep learning systems using data poisoning',
      url: 'https://arxiv.org/abs/1712.05526',
    },
  },
  'cluster-flip': {
    title: 'Cluster flip',
    does: 'Rows of one cluster inside a class are inserted under a wrong label, the same for all: that kind of row is lost, and accuracy as a whole hardly moves.',
    threatModel:
      'The attacker inserts rows with any label, displacing rows that it does not choose. It holds as many rows of the cluster as are left clean, and knows neither the model nor the seed.',
    measured: 'Test rows of the attacked cluster.',
    budget: 'cluster',
    original: 'Row that it copies',
    source: {
      paper: 'Jagielski, Severi, Pousette Harger, Oprea 2021, Subpopulation data poisoning attacks',
      url: 'https://arxiv.org/abs/2006.14026',
    },
  },
  'clip-rate': {
    title: 'Clip-rate backdoor',
    does: 'Many rows, each with a patch so faint that it hardly stands out, are relabeled to the target class: gradients too small to be clipped, and many of them.',
    threatModel:
      'The attacker of BadNets, which also knows that gradients may be clipped, at what norm it need not: it trades the strength of the trigger for a higher share of rows.',
    measured: 'Test rows of all classes but the target, with the patch.',
    budget: 'rate',
    original: ownRow,
    source: {
      paper: 'Gu, Dolan-Gavitt, Garg 2017, BadNets; against the clipping of Hong et al. 2020',
      url: 'https://arxiv.org/abs/1708.06733',
    },
  },
  'adap-blend': {
    title: 'Adap-Blend',
    does: 'A picture is blended into rows in random parts; half of them are relabeled to the target class and half keep their label, so that the trigger alone does not tell them apart.',
    threatModel:
      'The attacker replaces rows that it does not choose by blended copies of themselves, relabels as many as the budget says and leaves as many their label, and can blend the whole picture into any row at test time. It knows that defenses look for clusters of poison, and neither the model nor the seed.',
    measured: 'Test rows of all classes but the target, with the whole picture.',
    budget: 'rate',
    original: ownRow,
    source: {
      paper:
        'Qi, Xie, Li, Mahloujifar, Mittal 2023, Revisiting the assumption of latent separability for backdoor defenses',
      url: 'https://openreview.net/forum?id=_wSHsgrVali',
    },
  },
  'near-clone-slab': {
    title: 'Near-clone slab',
    does: 'Every poison row is a mixture of a slab point and a clean row of its label: no two are the same, and each lies among near neighbors of its own label.',
    threatModel:
      'The attacker of the slab, which also knows that the data is cleaned of outliers, by distance from the class means or by neighbors.',
    measured: everyTestRow,
    budget: 'rate',
    original: displacedRow,
    source: {
      paper: 'Koh, Steinhardt, Liang 2022, Stronger data poisoning attacks break data sanitization defenses',
      url: 'https://arxiv.org/abs/1811.00741',
    },
  },
};
