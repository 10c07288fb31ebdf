import { installNativeEngine } from '../engine/install.ts';

export async function engineNative(): Promise<number> {
  await installNativeEngine((line) => process.stdout.write(`${line}\n`));
  return 0;
}
