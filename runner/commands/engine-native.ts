import { tell } from '../terminal/tell.ts';
import { installNativeEngine } from '../train/engine/install.ts';

export async function engineNative(): Promise<number> {
  await installNativeEngine((line) => tell(line));
  return 0;
}
