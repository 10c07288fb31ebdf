import type { UserRole } from './contract/user-role.ts';
import { AppError } from './errors.ts';

/** `local`: came by the link that a site on loopback printed. */
export type SignedIn = {
  readonly id: string;
  readonly name: string;
  readonly role: UserRole;
  readonly local: boolean;
};

/** Who is asking. A private query takes one, so that nobody forgets to ask. */
export type Viewer = SignedIn | null;

export const isOrganizer = (viewer: Viewer) => viewer?.role === 'organizer';

/** Throws `unauthenticated` or `forbidden`. `what`: what only organizers do, such as `review entries`. */
export function requireOrganizer(viewer: Viewer, what: string): asserts viewer is SignedIn {
  if (!viewer) throw new AppError('unauthenticated', 'Sign in first.');
  if (!isOrganizer(viewer)) throw new AppError('forbidden', `Only organizers ${what}.`);
}
