import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state.js';

/**
 * Why the header by which a browser's program tells where it is can't be read, as a clause, or null. Next reads it by
 * the same function, and answers 500 where that throws.
 */
export function routerStateDefect(header: string | null): string | null {
  try {
    parseAndValidateFlightRouterState(header ?? undefined);
    return null;
  } catch {
    return 'The header Next-Router-State-Tree says nothing that a page of this site would send; load the page anew';
  }
}
