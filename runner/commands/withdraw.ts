import { z } from 'zod';
import { requireToken } from '../client/credentials.ts';
import { callSite } from '../client/public-api.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { tell } from '../terminal/tell.ts';

/** The row leaves the board; its page stays, with the reason. */
export async function withdraw(id: string, { reason }: { reason: string }): Promise<number> {
  await requireToken();
  await callSite(z.unknown(), `submissions/${encodeURIComponent(id)}/withdraw`, interrupted, { reason });
  tell(`${id} is withdrawn`);
  return 0;
}
