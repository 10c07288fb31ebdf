import { plainLimits } from '../../lib/contract/check.ts';
import { languageOf, setOf } from '../../lib/contract/runtime.ts';
import { checkText } from '../../lib/module-check/check-text.ts';
import { readText } from '../host/read-text.ts';
import { remark, tell } from '../terminal/tell.ts';
import { languageNamed } from './language-named.ts';

/** 1 with a sentence where the site would refuse the module. */
export async function check(file: string): Promise<number> {
  const verdict = await checkText(await readText(file), languageNamed(file));
  if (!verdict.ok) {
    remark(verdict.message);
    return 1;
  }
  const set = setOf(verdict.runtime);
  const packages = set && `, in ${languageOf(verdict.runtime).label} with the packages of the set ${set}`;
  tell(`${file}: a ${verdict.kind} defense of ${bytes(verdict.bytes)} bytes${packages ?? ''}`);
  if (verdict.embedsData)
    remark(
      `It is flagged 'embeds data' and not ranked: over ${bytes(plainLimits.source)} bytes, ${bytes(plainLimits.literals)} in literals, or ${bytes(plainLimits.compressed)} compressed.`,
    );
  return 0;
}

const bytes = (count: number) => count.toLocaleString('en-US');
