import { examine, type Finding } from '../doctor/examine.ts';
import { installMissing } from '../doctor/install.ts';
import { remark, tell, tellJson } from '../terminal/tell.ts';

/** What this machine has and lacks. 0 whatever is found: lacking a part is no failure of the question. */
export async function doctor({ json, install }: { json?: boolean; install?: boolean }): Promise<number> {
  if (install) await installMissing(remark);
  const findings = await examine();
  if (json) tellJson({ parts: findings });
  else tell(findings.map(inWords).join('\n'));
  return 0;
}

function inWords({ ok, title, detail, for: purpose, fix }: Finding): string {
  return `${ok ? 'ok     ' : 'lacking'}  ${title}: ${detail}${ok ? '' : `\n         for ${purpose}${fix ? `; run: ${fix}` : ''}`}`;
}
