import { environment } from '../lib/benchmark/environment.ts';

/** The runner's one door to `process.env`, checked when first asked for. */
let read: ReturnType<typeof environment> | undefined;
export const env = () => {
  read ??= environment(process.env);
  return read;
};

/** Sets what a native library reads from the environment as it is loaded. */
export const exportVariables = (variables: Record<string, string>) => Object.assign(process.env, variables);
