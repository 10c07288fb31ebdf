import type { UserRole } from './contract/user-role.ts';

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
