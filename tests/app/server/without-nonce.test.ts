import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { withoutNonce } from '../../../app/server/without-nonce.ts';

const nonce = 'c2VjcmV0';
const policy = `default-src 'none'; script-src 'self' 'nonce-${nonce}' 'strict-dynamic'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:`;
const page = `<script src="/_next/static/a.js" nonce="${nonce}"></script><script nonce="${nonce}" id="_R_">one()</script><style nonce="${nonce}">p{}</style><script>two("${nonce}")</script>`;
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('a page that is given to many', () => {
  const shared = withoutNonce(page, policy, 'https://board.example');

  test('holds no nonce', () => {
    expect(shared.body).not.toContain(nonce);
    expect(shared.policy).not.toContain('nonce');
  });

  test('runs its own inline scripts, the site’s built ones, and no others', () => {
    expect(shared.policy).toBe(
      `default-src 'none'; script-src https://board.example/_next/static/ ${hash('one()')} ${hash('two("")')}; style-src 'self' ${hash('p{}')}; img-src 'self' data:`,
    );
  });

  test('is refused where there is no nonce to take out', () =>
    expect(() => withoutNonce(page, "script-src 'self'", 'https://board.example')).toThrow(/no nonce/));
});
