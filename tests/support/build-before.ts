import { built } from './built.ts';

/** Before any test: threads and programs that tests start come from dist/. */
export const setup = built;
