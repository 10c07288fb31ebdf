import { WhoamiAnswer } from '../../lib/contract/api.ts';
import { requireToken, siteOrigin } from '../client/credentials.ts';
import { callSite } from '../client/public-api.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { tell } from '../terminal/tell.ts';

/** Of the token in use, as the site says. */
export async function whoami(): Promise<number> {
  await requireToken();
  const { user, scopes } = (await callSite(WhoamiAnswer, 'whoami', interrupted)).value;
  tell(`${user} at ${siteOrigin()}, by a token for ${scopes.join(', ')}`);
  return 0;
}
