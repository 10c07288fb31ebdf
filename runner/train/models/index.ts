import { modelNamed } from '../../../lib/catalog/models/index.ts';
import type { ModelCard, Recipe } from '../../../lib/contract/defense.ts';
import { cardOf } from './card.ts';

/** The model for rows of that shape: layers, weights in order, and how the suite trains it. */
export const modelCard = (id: string, shape: readonly number[], classes: number, recipe: Recipe): ModelCard =>
  cardOf(id, modelNamed(id).layers(classes), shape, recipe);
