import { requireToken, siteOrigin, storedUser } from '../client/credentials.ts';

/** Of the token in use, as the site said when it was stored. */
export async function whoami(): Promise<number> {
  await requireToken();
  process.stdout.write(`${(await storedUser()) ?? 'the owner of ANTIDOTE_TOKEN'} at ${siteOrigin()}\n`);
  return 0;
}
