import { z } from 'zod';
import type { Suite } from '../../contract/suite.ts';
import { known } from '../known.ts';
import { abl } from './abl.ts';
import { activationClustering } from './activation-clustering.ts';
import { adaptiveClip } from './adaptive-clip.ts';
import { batchClip } from './batch-clip.ts';
import { clipOnly } from './clip-only.ts';
import { clipOnlyC01 } from './clip-only-c0.1.ts';
import { deepKnn } from './deep-knn.ts';
import type { DescribedBaseline, PrivacyAccount } from './described-baseline.ts';
import { dpSgd } from './dp-sgd.ts';
import { dpSgdC01S1 } from './dp-sgd-c0.1-s1.ts';
import { dpSgdC1S1 } from './dp-sgd-c1-s1.ts';
import { dpSgdC1S2 } from './dp-sgd-c1-s2.ts';
import { dpSgdK2 } from './dp-sgd-k2.ts';
import { dpSgdK3 } from './dp-sgd-k3.ts';
import { dpSgdK5 } from './dp-sgd-k5.ts';
import { dpSgdK8 } from './dp-sgd-k8.ts';
import { dpa } from './dpa.ts';
import { finiteAggregation } from './finite-aggregation.ts';
import { labelCleaning } from './label-cleaning.ts';
import { medianOfGradients } from './median-of-gradients.ts';
import { mixup } from './mixup.ts';
import { noiseOnly } from './noise-only.ts';
import { none } from './none.ts';
import { oracleFilter } from './oracle-filter.ts';
import { randomFilter } from './random-filter.ts';
import { sever } from './sever.ts';
import { spectralSignatures } from './spectral-signatures.ts';
import { sphereSlab } from './sphere-slab.ts';
import { trimmedLoss } from './trimmed-loss.ts';

/** The harness's own defenses, each the reference for a question, in the order of the reference table. */
export const baselines = {
  none,
  'dp-sgd': dpSgd,
  'clip-only': clipOnly,
  'noise-only': noiseOnly,
  'oracle-filter': oracleFilter,
  'random-filter': randomFilter,
  'dp-sgd-c1-s1': dpSgdC1S1,
  'dp-sgd-c1-s2': dpSgdC1S2,
  'dp-sgd-c0.1-s1': dpSgdC01S1,
  'clip-only-c0.1': clipOnlyC01,
  'batch-clip': batchClip,
  'trimmed-loss': trimmedLoss,
  sever,
  'sphere-slab': sphereSlab,
  'spectral-signatures': spectralSignatures,
  'activation-clustering': activationClustering,
  'deep-knn': deepKnn,
  dpa,
  'dp-sgd-k2': dpSgdK2,
  'dp-sgd-k3': dpSgdK3,
  'dp-sgd-k5': dpSgdK5,
  'dp-sgd-k8': dpSgdK8,
  'adaptive-clip': adaptiveClip,
  'median-of-gradients': medianOfGradients,
  mixup,
  abl,
  'label-cleaning': labelCleaning,
  'finite-aggregation': finiteAggregation,
} satisfies Record<string, DescribedBaseline>;

export type BaselineId = keyof typeof baselines;
export const BaselineId = z.enum(Object.keys(baselines) as BaselineId[]);

/** The controls know which rows are poison and are therefore no modules. */
export type ControlId = {
  [Id in BaselineId]: (typeof baselines)[Id]['kind'] extends 'control' ? Id : never;
}[BaselineId];

export const isControl = (id: string): id is ControlId =>
  Object.hasOwn(baselines, id) && baselines[id as BaselineId].kind === 'control';

/** Those that `npm start` puts on a fresh board, in order: few, so that its first rows are there in minutes. */
export const firstBaselines = [
  'none',
  'dp-sgd',
  'clip-only',
  'noise-only',
  'oracle-filter',
  'random-filter',
] as const satisfies readonly BaselineId[];

/** The rows of a suite's reference table: those that are not of a later version of the score. In its order. */
export const referenceIds = ({ rules }: Pick<Suite, 'rules'>): readonly BaselineId[] =>
  BaselineId.options.filter((id) => (describedBaseline(id).scoring ?? 1) <= rules.scoring);

/** Throws RangeError with the known names. */
export const describedBaseline = (id: string): DescribedBaseline => known('baseline', baselines, id);

export const privacyAccountOf = (id: string | null): PrivacyAccount | null =>
  (id !== null && describedBaseline(id).privacy) || null;
