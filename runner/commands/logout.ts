import { forgetToken, siteOrigin } from '../client/credentials.ts';
import { tell } from '../terminal/tell.ts';

/** The token stays valid on the site until it is revoked there, on the account's page. */
export async function logout(): Promise<number> {
  const was = await forgetToken();
  tell(
    was
      ? `Forgot the token for ${siteOrigin()}; revoke it on ${siteOrigin()}/account`
      : `There is no token for ${siteOrigin()}`,
  );
  return 0;
}
