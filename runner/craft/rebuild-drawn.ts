import type { DatasetCard } from '../../lib/contract/dataset-card.ts';

/** Of records that are a label byte and so many pixels. */
const ofRecords = (pixels: number): readonly string[] => [
  `records = np.fromfile(f'{data}/train.bin', 'u1').reshape(-1, ${pixels + 1})`,
  "x, y = records[:, 1:], records[:, 0].astype('<i4')",
];

/** Lines of NumPy that read the training rows of a data set from its files in the folder `data`. */
const reads: Record<string, readonly string[]> = {
  'fashion-mnist': [
    "idx = lambda name, skip: np.frombuffer(gzip.open(f'{data}/train-{name}-ubyte.gz').read(), 'u1', offset=skip)",
    "x, y = idx('images-idx3', 16).reshape(-1, 784), idx('labels-idx1', 8).astype('<i4')",
  ],
  'emnist-letters': ofRecords(784),
  'cifar-10-luma': [
    "records = np.fromfile(f'{data}/train.bin', 'u1').reshape(-1, 3073); red, green, blue = np.split(records[:, 1:].astype('i4'), 3, 1)",
    "x, y = ((299 * red + 587 * green + 114 * blue + 500) // 1000).astype('u1'), records[:, 0].astype('<i4')",
  ],
};

/**
 * The lines of NumPy that rebuild a cell's training set of a drawn suite, byte for byte. Names `data`, the folder of
 * the data set, and `number`, the cell's place in suite.json. `card`: of a data set of the organizer's own.
 */
export const rebuildDrawn = (dataset: string, card?: Pick<DatasetCard, 'shape'>): string =>
  [
    'import gzip, json, numpy as np',
    ...(card
      ? ofRecords(card.shape[0] * card.shape[1])
      : (reads[dataset] ?? [
          '# x [rows, pixels], uint8, and y [rows], int32: the training rows of the data set, in its own order',
        ])),
    ...rest,
  ].join('\n');

const rest = [
  "suite = json.load(open('suite.json')); cell = suite['cells'][number]; kept = np.isin(y, suite['classes'])",
  "all_x, all_y = x[kept], np.searchsorted(suite['classes'], y[kept]).astype('<i4')",
  'def read(path):',
  "    file = open(path, 'rb').read(); start = 8 + int.from_bytes(file[:8], 'little'); head = json.loads(file[8:start])",
  "    return {name: np.frombuffer(file[start:][slice(*of['data_offsets'])], {'U8': 'u1', 'I32': '<i4'}[of['dtype']]) for name, of in head.items()}",
  "base, poison, images = read(cell['base'])['rows'], read(cell['path']), lambda name: poison[name].reshape(-1, all_x.shape[1])",
  "x, y, index, leave, enter = all_x[base], all_y[base], *(poison[name] for name in ('index', 'leave', 'enter'))",
  "x[index[:len(images('rows'))]] = images('rows'); x[leave] = all_x[enter]",
  "if 'overlay' in poison: over, a = (images(name)[y[index]].astype('i4') for name in ('overlay', 'overlay_opacity')); x[index] = (x[index] * (255 - a) + over * a + 127) // 255",
  "y[index], y[leave] = poison['labels'], all_y[enter]; seeds = suite['hygiene'][suite['draw']['dataset']][str(cell['seed'])]",
  "jitter, words = np.random.RandomState(seeds['train']), np.random.RandomState(seeds['order'])",
  "gain = 55706 + (np.frombuffer(jitter.bytes(4 * len(x)), '<u4').astype('u8') * 19661 >> 32).astype('i4'); noise = np.frombuffer(jitter.bytes(x.size), 'u1')",
  "x = np.clip((gain[:, None] * x + 32768 >> 16) + (noise.reshape(x.shape).astype('i4') * 7 >> 8) - 3, 0, 255).astype('u1')",
  "order = np.argsort(np.frombuffer(words.bytes(4 * len(x)), '<u4'), kind='stable'); x, y = x[order], y[order]",
];
