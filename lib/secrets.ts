import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import 'server-only';

/** What is stored of a secret. Plain SHA-256 is enough: every secret here has 128 bits of randomness or more. */
export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** In time that does not depend on where they differ. */
export const equalSecrets = (a: string, b: string) => timingSafeEqual(Buffer.from(hashOf(a)), Buffer.from(hashOf(b)));

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const prefix = 'antidote_';

/**
 * `antidote_`, 32 random characters of base 62 (190 bits), and 6 of checksum: found by secret scanners, and a typing
 * error never reaches the database.
 */
export function newApiToken(): string {
  const random = Array.from({ length: 32 }, base62Character).join('');
  return `${prefix}${random}${checksum(random)}`;
}

export const isApiToken = (text: string) =>
  /^antidote_[0-9A-Za-z]{38}$/.test(text) && checksum(text.slice(prefix.length, -6)) === text.slice(-6);

/** One character, each as likely as the others: bytes past the last whole multiple of 62 are drawn again. */
function base62Character(): string {
  for (;;) {
    const [byte] = randomBytes(1);
    if (byte! < 248) return base62[byte! % 62]!;
  }
}

/** The first 32 bits of SHA-256 in base 62. */
function checksum(text: string): string {
  let rest = Number.parseInt(hashOf(text).slice(0, 8), 16);
  let out = '';
  for (let place = 0; place < 6; place++) {
    out = base62[rest % 62]! + out;
    rest = Math.floor(rest / 62);
  }
  return out;
}
