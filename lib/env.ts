import { environment } from './contract/environment.ts';

/** The site's one door to `process.env`, checked when first asked for. */
let read: ReturnType<typeof environment> | undefined;
export const env = () => {
  read ??= environment(process.env);
  return read;
};
