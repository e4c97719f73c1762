import { createHash } from 'node:crypto';
import { Html, html } from './html';
import { SCRIPT, STYLE } from './style';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing from elsewhere, and no script or style but our own. */
export const PAGE_HEADERS: Record<string, string> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy': `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; img-src data:; base-uri 'none'; frame-ancestors 'none'`,
};

/** A whole page, under the sentence that says what it is. */
export const page = (
  title: string,
  body: Html,
  width: 'normal' | 'narrow' | 'wide' = 'normal',
): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Html(STYLE)}</style>
</head>
<body>
<header class="notice">Local payments for development. No real money moves; never type a real card.</header>
<main class="${width}">${body}</main>
<script>${new Html(SCRIPT)}</script>
</body>
</html>`;

/** A page that says one thing and offers one way on. */
export const messagePage = (
  title: string,
  sentence: string,
  link?: { href: string; text: string } | null,
): Html =>
  page(
    title,
    html`<div class="card"><h1>${title}</h1><p class="muted">${sentence}</p>${
      link ? html`<a class="button" href="${link.href}">${link.text}</a>` : null
    }</div>`,
    'narrow',
  );
