/**
 * The address that a call comes from, as the nearest proxy saw it, or Next where there is none: the last one in
 * X-Forwarded-For. A caller that reaches Next itself may send that header, so an address limits the careless and no
 * more; what must hold against everybody has a limit of its own beside it.
 */
export const clientAddress = (headers: Pick<Headers, 'get'>): string =>
  headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || 'unknown';
