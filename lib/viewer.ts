/** Who is asking. A private query takes one, so that nobody forgets to ask. */
/** `local`: came by the link that a site on loopback printed. */
export type SignedIn = {
  readonly id: string;
  readonly name: string;
  readonly role: 'researcher' | 'organizer';
  readonly local: boolean;
};
export type Viewer = SignedIn | null;

export const isOrganizer = (viewer: Viewer) => viewer?.role === 'organizer';
