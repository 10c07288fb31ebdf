import { z } from 'zod';
import { known } from '../known.ts';
import { cnn } from './cnn.ts';
import type { DescribedModel } from './described-model.ts';
import { lr } from './lr.ts';
import { mlp128 } from './mlp-128.ts';
import { mlp256256 } from './mlp-256-256.ts';
import { resnet9 } from './resnet-9.ts';

/** Every model that a suite may train. */
export const models = {
  lr,
  'mlp-128': mlp128,
  'mlp-256-256': mlp256256,
  cnn,
  'resnet-9': resnet9,
} satisfies Record<string, DescribedModel>;

export type ModelId = keyof typeof models;
export const ModelId = z.enum(Object.keys(models) as ModelId[]);

/** Throws RangeError with the known names. */
export const modelNamed = (id: string): DescribedModel => known('model', models, id);
