/** Of every answer; the content security policy of pages, which has a nonce, is proxy.ts's. */
const securityHeaders = [
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
];

/** What a program that opens an endpoint in a browser might do with the answer: nothing. */
const inertAnswer = [{ key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'; sandbox" }];

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  serverExternalPackages: ['@astral-sh/ruff-wasm-web', '@electric-sql/pglite', 'pg', '@vercel/postgres', 'next-auth'],
  // `npm run types` checks them, tests included; a start on somebody's machine need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Read as text when asked for; on hosts that copy only what is imported they are copied too.
  outputFileTracingIncludes: {
    '/*': [
      'dist/harness.json',
      'dist/baselines/*.mjs',
      'drizzle/migrations/**/*',
      'node_modules/@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm',
      'lib/contract/defense.ts',
      'lib/contract/attack.ts',
      'runner/craft/attacks/examples/*',
      'runner/defenses/examples/*.mjs',
      'runner/python/examples/*.py',
      'runner/python/antidote_host/step.py',
    ],
  },
  turbopack: {
    rules: {
      '*.json': { condition: { not: 'foreign' }, loaders: ['./app/server/json-loader.mjs'], type: 'ecmascript' },
    },
  },
  // Of the body of a form, which is read whole.
  experimental: { serverActions: { bodySizeLimit: '1mb' }, proxyClientMaxBodySize: '1mb' },
  // No page uses it. `/_next/image`, which scales pictures for whoever asks, is then not there.
  images: { unoptimized: true },
  // Browsers ask for it even where a page names another icon.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  headers: async () => [
    { source: '/:path*', headers: securityHeaders },
    // Its address holds a secret. (Elsewhere it would make browsers send forms without JavaScript as if from nowhere,
    // and they would be refused.)
    { source: '/sign-in', headers: [{ key: 'Referrer-Policy', value: 'no-referrer' }] },
    { source: '/api/:path*', headers: inertAnswer },
    // Other sites show them.
    ...['/api/v1/submissions/:submission/badge.svg', '/:path*/:picture(opengraph-image.*)'].map((source) => ({
      source,
      headers: [{ key: 'Cross-Origin-Resource-Policy', value: 'cross-origin' }],
    })),
  ],
};
