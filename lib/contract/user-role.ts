import { z } from 'zod';

/** What a user may do: an organizer gives orders to runners and holds seasons. */
export const UserRole = z.enum(['researcher', 'organizer']);
export type UserRole = z.infer<typeof UserRole>;
