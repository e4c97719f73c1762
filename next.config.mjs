/** For what does not pass the middleware, which sets these and more: nothing of it is a page. */
const HEADERS = [
  { key: 'content-security-policy', value: "default-src 'none'; frame-ancestors 'none'" },
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'referrer-policy', value: 'strict-origin-when-cross-origin' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
  { key: 'x-permitted-cross-domain-policies', value: 'none' },
];
const OUTSIDE_MIDDLEWARE = ['/api/stripe/webhook', '/api/tickets/inbound', '/api/queue/stream'];

/**
 * A worker has the policy of its own file: the one that reads codes in the pictures of a camera may compile
 * what is among these files, and no page may.
 */
const OF_BUILD = HEADERS.map(({ key, value }) => ({
  key,
  value:
    key === 'content-security-policy'
      ? `${value}; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'`
      : value,
}));

/** @type {import('next').NextConfig} */
export default {
  output: 'standalone',
  poweredByHeader: false,
  // server/front does it, in less time.
  compress: false,
  reactStrictMode: true,
  agentRules: false,
  typedRoutes: false,
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  experimental: {
    // forbidden() answers a real 403 from a page.
    authInterrupts: true,
    serverActions: { bodySizeLimit: '1mb' },
    // What the middleware hands on at most; it refuses anything above 1 MB but files.
    proxyClientMaxBodySize: '21mb',
    // Three and a half thousand maps that the standalone server does not take along.
    turbopackSourceMaps: process.env.NODE_ENV !== 'production',
    // What a next build would begin with.
    turbopackFileSystemCacheForBuild: process.env.KEEP_BUILD_CACHE !== 'off',
  },
  // Its CommonJS and ES builds export differently; outside the bundle Node picks the right one.
  // pdfkit reads files beside itself; mailparser is loaded by a thread of its own.
  serverExternalPackages: ['mongodb-connection-string-url', 'pdfkit', 'harfbuzzjs', 'mailparser'],
  // Read by name and not imported (lib/pdf/letters.ts, lib/mail/parse.ts).
  outputFileTracingIncludes: {
    '/**': [
      'node_modules/@fontsource/noto-sans/unicode.json',
      'node_modules/@fontsource/noto-sans/files/*-[46]00-normal.woff',
      'node_modules/@fontsource/noto-sans-*/unicode.json',
      'node_modules/@fontsource/noto-sans-*/files/noto-sans-*-[46]00-normal.woff',
      'node_modules/harfbuzzjs/dist/harfbuzz.wasm',
      'lib/mail/parse-mail.cjs',
      // What the thread that draws pictures loads (lib/pictures/thread.ts).
      'lib/pictures/*.cjs',
      'node_modules/{dicom-parser,jpeg-lossless-decoder-js,libheif-js}/package.json',
      'node_modules/dicom-parser/dist/dicomParser.min.js',
      'node_modules/jpeg-lossless-decoder-js/src/*.js',
      'node_modules/@hyzyla/pdfium/{package.json,dist/index.cjs,dist/pdfium.wasm}',
      'node_modules/libheif-js/wasm-bundle.js',
      'node_modules/libheif-js/libheif-wasm/libheif-bundle.js',
      'node_modules/@cornerstonejs/codec-*/package.json',
      'node_modules/@cornerstonejs/codec-*/dist/*js_decode.js',
      'node_modules/{sharp,detect-libc,semver}/**/*.{js,cjs,json}',
      'node_modules/@img/*/**',
      'content/legal/*.md',
    ],
  },
  // Types are a check of their own (npm run types, npm test), over the same files; once is enough.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    ...OUTSIDE_MIDDLEWARE.map((source) => ({ source, headers: HEADERS })),
    { source: '/_next/static/:path*', headers: OF_BUILD },
  ],
  // Nothing here needs the optimizer, and it has had several advisories.
  images: { unoptimized: true },
};
