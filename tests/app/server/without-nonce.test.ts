import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { withoutNonce } from '../../../app/server/without-nonce.ts';

const nonce = 'c2VjcmV0';
const policy = `default-src 'none'; script-src 'self' 'nonce-${nonce}' 'strict-dynamic'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:`;
const head = (mark: string) =>
  `<script src="/_next/static/a.js"${mark}></script><script${mark} id="_R_">one()</script><style${mark}>p{}</style>`;
const mark = ` nonce="${nonce}"`;
const page = `${head(mark)}ρ<script${mark}>two("${nonce}", 'ρ')</script><script>theirs()</script><script${mark}>three()</script>`;
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('a page that is given to many', () => {
  const shared = withoutNonce(Buffer.from(page), policy, 'https://board.example');
  const body = shared.body.toString();

  test('holds no nonce', () => {
    expect(body).not.toContain(nonce);
    expect(shared.policy).not.toContain('nonce');
  });

  test('runs the scripts that had the nonce, the site’s built ones, and no others', () => {
    expect(shared.policy).toBe(
      `default-src 'none'; script-src https://board.example/_next/static/ ${hash('one()')} ${hash('two("", \'ρ\')\n;three()')}; style-src 'self' ${hash('p{}')}; img-src 'self' data:`,
    );
  });

  test('has what Next streams as one script, in the same order', () =>
    expect(body).toBe(`${head('')}ρ<script>theirs()</script><script>two("", 'ρ')\n;three()</script>`));

  test('is refused where there is no nonce to take out', () =>
    expect(() => withoutNonce(Buffer.from(page), "script-src 'self'", 'https://board.example')).toThrow(/no nonce/));
});
