import { plainLimits } from '../../lib/contract/check.ts';
import { languageOf, setOf } from '../../lib/contract/runtime.ts';
import { checkText } from '../../lib/module-check/check-text.ts';
import { readText } from '../host/read-text.ts';
import { languageNamed } from './language-named.ts';

/** 1 with a sentence where the site would refuse the module. */
export async function check(file: string): Promise<number> {
  const verdict = await checkText(await readText(file), languageNamed(file));
  if (!verdict.ok) {
    process.stderr.write(`${verdict.message}\n`);
    return 1;
  }
  const set = setOf(verdict.runtime);
  const packages = set && `, in ${languageOf(verdict.runtime).label} with the packages of the set ${set}`;
  process.stdout.write(`${file}: a ${verdict.kind} defense of ${bytes(verdict.bytes)} bytes${packages ?? ''}\n`);
  if (verdict.embedsData)
    process.stderr.write(
      `It is flagged 'embeds data' and not ranked: over ${bytes(plainLimits.source)} bytes, ${bytes(plainLimits.literals)} in literals, or ${bytes(plainLimits.compressed)} compressed.\n`,
    );
  return 0;
}

const bytes = (count: number) => count.toLocaleString('en-US');
