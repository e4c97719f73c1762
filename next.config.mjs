/** @type {import('next').NextConfig} */
export default {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  typedRoutes: false,
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  experimental: {
    // forbidden() answers a real 403 from a page.
    authInterrupts: true,
    serverActions: { bodySizeLimit: '1mb' },
    // What the middleware hands on at most; it refuses anything above 1 MB but files and mail.
    proxyClientMaxBodySize: '26mb',
  },
  // Its CommonJS and ES builds export differently; outside the bundle Node picks the right one.
  // pdfkit reads files beside itself.
  serverExternalPackages: ['mongodb-connection-string-url', 'pdfkit'],
  // Read by name and not imported (lib/pdf/letters.ts).
  outputFileTracingIncludes: {
    '/**': [
      'node_modules/@fontsource/noto-sans/unicode.json',
      'node_modules/@fontsource/noto-sans/files/*-[46]00-normal.woff',
    ],
  },
  // Types are a check of their own (npm run types, npm test), over the same files; once is enough.
  typescript: { ignoreBuildErrors: true },
  // Nothing here needs the optimizer, and it has had several advisories.
  images: { unoptimized: true },
};
