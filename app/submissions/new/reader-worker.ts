import { checkModule } from '@/lib/contract/check.ts';
import type { Read, Wanted } from './module-reader.ts';

/** A thread beside the page that checks one text after the other, by the code that the server uses. */
self.onmessage = async ({ data: { code, language } }: MessageEvent<Wanted>) => {
  const read = language === 'python' ? await readerOfPython() : readJavaScript;
  self.postMessage('begun' satisfies Read);
  self.postMessage(read(code) satisfies Read);
};

const readJavaScript = (code: string) => ({ check: checkModule(code), spent: false });

let python: ReturnType<typeof openPython> | null = null;

/** It comes with the first text in Python: 3.7 MB over the wire. */
function readerOfPython() {
  python ??= openPython();
  return python;
}

async function openPython() {
  const [{ checkPython }, { Ruff }] = await Promise.all([
    import('@/lib/contract/python/check-python.ts'),
    import('@/lib/contract/python/ruff.ts'),
  ]);
  const ruff = await Ruff.open();
  return (code: string) => ({ check: checkPython(code, ruff), spent: ruff.isBroken });
}
