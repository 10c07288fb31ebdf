import { checkModule, plainLimits } from '../../lib/contract/check.ts';
import { readText } from '../host/read-text.ts';

/** 1 with a sentence where the site would refuse the module. */
export async function check(file: string): Promise<number> {
  const verdict = checkModule(await readText(file));
  if (verdict.ok) process.stdout.write(`${file}: a ${verdict.kind} defense of ${bytes(verdict.bytes)} bytes\n`);
  if (verdict.ok && verdict.embedsData)
    process.stderr.write(
      `It is flagged 'embeds data' and not ranked: over ${bytes(plainLimits.source)} bytes, ${bytes(plainLimits.literals)} in literals, or ${bytes(plainLimits.compressed)} compressed.\n`,
    );
  if (!verdict.ok) process.stderr.write(`${verdict.message}\n`);
  return verdict.ok ? 0 : 1;
}

const bytes = (count: number) => count.toLocaleString('en-US');
