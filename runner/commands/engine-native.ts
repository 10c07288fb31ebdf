import { installNativeEngine } from '../train/engine/install.ts';

export async function engineNative(): Promise<number> {
  await installNativeEngine((line) => process.stdout.write(`${line}\n`));
  return 0;
}
