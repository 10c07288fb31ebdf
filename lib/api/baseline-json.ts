import { z } from 'zod';
import { BaselineId } from '../catalog/baselines/index.ts';
import { Card } from '../contract/card.ts';
import { DefenseKind } from '../contract/ids.ts';

/** A reference defense as the chores hand it over. */
export const BaselineJson = z.strictObject({
  id: BaselineId,
  name: z.string().min(1).max(80),
  kind: z.enum([...DefenseKind.options, 'control']),
  code: z.string(),
  card: Card,
});
