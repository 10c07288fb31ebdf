import { checkModule, literalByteLimit, plainByteLimit } from '../../lib/benchmark/check.ts';
import { readText } from '../terminal/read-text.ts';

/** 1 with a sentence where the site would refuse the module. */
export async function check(file: string): Promise<number> {
  const verdict = checkModule(await readText(file));
  if (verdict.ok) process.stdout.write(`${file}: a ${verdict.kind} defense of ${verdict.bytes.toLocaleString('en-US')} bytes\n`);
  if (verdict.ok && verdict.embedsData)
    process.stderr.write(
      `It is flagged 'embeds data' and not ranked: over ${plainByteLimit.toLocaleString('en-US')} bytes, or over ${literalByteLimit.toLocaleString('en-US')} in literals.\n`,
    );
  if (!verdict.ok) process.stderr.write(`${verdict.message}\n`);
  return verdict.ok ? 0 : 1;
}
