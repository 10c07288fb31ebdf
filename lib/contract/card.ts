import { z } from 'zod';

/** What a researcher declares about a defense. Claims are shown as claims. */
export const Card = z.strictObject({
  description: z.string().trim().max(4000).default(''),
  authors: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(200),
        orcid: z
          .string()
          .regex(/^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/)
          .optional(),
      }),
    )
    .max(50)
    .default([]),
  license: z.string().trim().min(1).max(100).default('MIT'),
  paper: z.url({ protocol: /^https?$/ }).optional(),
  needsCleanData: z.boolean().default(false),
  needsPoisonRate: z.boolean().default(false),
  deterministic: z.boolean().default(true),
  claims: z.strictObject({ epsilon: z.number().positive(), delta: z.number().positive().lt(1) }).optional(),
});
export type Card = z.infer<typeof Card>;

/** What defenses are compared within: what they assume of the world. */
export const Track = z.enum(['nothing', 'poison-rate', 'clean-data']);
export type Track = z.infer<typeof Track>;

/** By the strongest assumption: who holds clean data needs no poison rate. */
export const trackOf = ({
  needsCleanData,
  needsPoisonRate,
}: Pick<Card, 'needsCleanData' | 'needsPoisonRate'>): Track =>
  needsCleanData ? 'clean-data' : needsPoisonRate ? 'poison-rate' : 'nothing';

export const moduleByteLimit = 262_144;
