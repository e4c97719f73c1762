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
  },
  // Nothing here needs the optimizer, and it has had several advisories.
  images: { unoptimized: true },
};
