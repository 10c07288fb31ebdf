import { checkModule } from '../../lib/benchmark/check.ts';
import { readText } from '../terminal/read-text.ts';

/** 1 with a sentence where the site would refuse the module. */
export async function check(file: string): Promise<number> {
  const verdict = checkModule(await readText(file));
  if (verdict.ok) process.stdout.write(`${file}: a ${verdict.kind} defense of ${verdict.bytes.toLocaleString('en-US')} bytes\n`);
  else process.stderr.write(`${verdict.message}\n`);
  return verdict.ok ? 0 : 1;
}
