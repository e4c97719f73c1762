// What every page answers with, made here for the middleware and for the door before it (door.mjs).

/** @param {string} nonce for the scripts of one answer @param {boolean} isFramed shown inside our own page */
export function contentSecurityPolicy(nonce, isFramed) {
  const isDevelopment = process.env.NODE_ENV === 'development';
  // Without script, Chrome applies form-action to the redirect that follows a form too.
  const payment = [
    process.env.STRIPE_EMULATOR_URL,
    'https://checkout.stripe.com',
    'https://billing.stripe.com',
  ];
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' https://js.stripe.com${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // radix and sonner write style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    // A film that is about to be sent is looked at here, for its small picture.
    "media-src 'self' blob:",
    // What reads codes in the pictures of a camera; its own policy stands in next.config.mjs.
    "worker-src 'self'",
    `connect-src 'self' https://api.stripe.com${isDevelopment ? ' ws:' : ''}`,
    "frame-src 'self' https://js.stripe.com https://hooks.stripe.com",
    // Browsers show a PDF by a part of their own, as an object.
    `object-src ${isFramed ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    `form-action 'self' ${payment.filter(Boolean).join(' ')}`,
    `frame-ancestors ${isFramed ? "'self'" : "'none'"}`,
  ].join('; ');
}

/** @param {string} requestId @param {string} policy @returns {[name: string, value: string][]} */
export const answerHeaders = (requestId, policy) => [
  ['x-request-id', requestId],
  ['content-security-policy', policy],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'strict-origin-when-cross-origin'],
  [
    'permissions-policy',
    'camera=(self), microphone=(), geolocation=(), usb=(), serial=(), hid=(), browsing-topics=()',
  ],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  // For browsers that do not know frame-ancestors.
  ['x-frame-options', 'DENY'],
  ['x-permitted-cross-domain-policies', 'none'],
  ...(process.env.NEXTAUTH_URL?.startsWith('https://')
    ? [/** @type {[string, string]} */ (['strict-transport-security', 'max-age=63072000; includeSubDomains'])]
    : []),
];

/**
 * What the pages read of a request beside what its sender wrote; the framework takes the nonce of its scripts
 * out of the policy.
 * @param {string} requestId @param {string} path with what is asked of it @param {string} nonce
 * @param {string} policy
 * @returns {[name: string, value: string][]}
 */
export const requestHeaders = (requestId, path, nonce, policy) => [
  ['x-request-id', requestId],
  ['x-path', path],
  ['x-nonce', nonce],
  ['content-security-policy', policy],
];

/** Base64, as a policy wants it. */
export const newNonce = () => btoa(crypto.randomUUID());
