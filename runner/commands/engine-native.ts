import { tell } from '../terminal/tell.ts';
import { installNativeEngine } from '../train/engine/install.ts';

export async function engineNative(): Promise<number> {
  await installNativeEngine(tell);
  return 0;
}
