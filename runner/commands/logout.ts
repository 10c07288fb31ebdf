import { forgetToken, siteOrigin } from '../client/credentials.ts';

/** The token stays valid on the site until it is revoked there, on the account's page. */
export async function logout(): Promise<number> {
  const was = await forgetToken();
  process.stdout.write(
    was
      ? `Forgot the token for ${siteOrigin()}; revoke it on ${siteOrigin()}/account\n`
      : `There is no token for ${siteOrigin()}\n`,
  );
  return 0;
}
