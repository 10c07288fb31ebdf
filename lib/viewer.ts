/** Who is asking. A private query takes one, so that nobody forgets to ask. */
export type SignedIn = { readonly id: string; readonly name: string; readonly role: 'researcher' | 'organizer' };
export type Viewer = SignedIn | null;

export const isOrganizer = (viewer: Viewer) => viewer?.role === 'organizer';
