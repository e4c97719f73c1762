import type { CaughtMail } from './store';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

const STYLE = `
:root { color-scheme: light dark; --surface: light-dark(#f6f8f8, #0d1618); --raised: light-dark(#fff, #141f22);
  --line: light-dark(#dce4e6, #25343a); --strong: light-dark(#788a90, #63777d); --text: light-dark(#14252a, #e6eef0);
  --muted: light-dark(#47585d, #a9b9be); --accent: light-dark(#0f5f6f, #5cc3d3); --hover: light-dark(#eef3f4, #1a282c); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--surface); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
a { color: var(--accent); text-underline-offset: 3px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: .95rem; margin: 1.75rem 0 .5rem; }
p { margin: .25rem 0; } .muted { color: var(--muted); } .small { font-size: .8125rem; }
header { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: end; justify-content: space-between; margin-bottom: 1rem; }
form { display: flex; gap: .5rem; margin: 0; }
input, button { font: inherit; height: 2.25rem; border-radius: .5rem; border: 1px solid var(--strong); background: var(--raised);
  color: inherit; padding: 0 .75rem; } input { min-width: 0; width: 15rem; } button { cursor: pointer; white-space: nowrap; }
button:hover { background: var(--hover); }
.card { background: var(--raised); border: 1px solid var(--line); border-radius: .75rem; overflow: hidden; }
.card ul { list-style: none; margin: 0; padding: 0; }
.card li + li { border-top: 1px solid var(--line); }
.mail { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 1rem; padding: .7rem 1rem; color: inherit; text-decoration: none; }
.mail:hover { background: var(--hover); } .mail:focus-visible { outline-offset: -2px; }
.mail b { font-weight: 600; overflow-wrap: anywhere; } .mail time { font-variant-numeric: tabular-nums; }
.mail .who { grid-column: 1 / -1; overflow-wrap: anywhere; }
.empty { padding: 3.5rem 1.5rem; text-align: center; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .15rem 1rem; margin: 1rem 0; } dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
iframe { display: block; width: 100%; height: 30rem; border: 0; background: #fff; color-scheme: light; }
pre { margin: 0; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; font: .875rem/1.55 ui-monospace, monospace; }
.links { padding-left: 1.1rem; margin: 0; overflow-wrap: anywhere; }
`;

const page = (title: string, body: string, script = '', nonce = ''): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><main>${body}</main>${script ? `<script nonce="${nonce}">${script}</script>` : ''}</body></html>`;

const time = (iso: string): string =>
  `<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;

/** Shows times in the reader's own zone, and loads the list again when something has arrived. */
const listScript = (newest: string) => `
for (const one of document.querySelectorAll('time')) one.textContent = new Date(one.dateTime).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
const newest = ${JSON.stringify(newest)};
setInterval(async () => {
  if (document.hidden || document.activeElement?.matches('input')) return;
  try {
    const { messages } = await (await fetch('/api/messages?limit=1')).json();
    if ((messages[0]?.id ?? '') !== newest) location.reload();
  } catch {}
}, 3000);`;

const row = (mail: CaughtMail): string => `<li><a class="mail" href="/messages/${escapeHtml(mail.id)}">
<b>${escapeHtml(mail.subject) || '(no subject)'}</b><span class="muted small">${time(mail.receivedAt)}</span>
<span class="who muted">To ${escapeHtml(mail.to.join(', '))}</span></a></li>`;

/** The list; `newest` is the id of the newest mail of all, whatever is searched for. */
export function listPage(mails: readonly CaughtMail[], words: string, newest: string, nonce: string): string {
  const none = words
    ? `<p class="empty">No mail matches <b>${escapeHtml(words)}</b>. <a href="/">Show all</a></p>`
    : '<p class="empty"><b>No mail yet</b><br><span class="muted">What the product sends on this machine arrives here and goes no further.</span></p>';
  const body = `<header><div><h1>Mail</h1>
<p class="muted">${mails.length} ${mails.length === 1 ? 'message' : 'messages'}, caught on this machine and never delivered</p></div>
<div style="display:flex;flex-wrap:wrap;gap:.5rem">
<form role="search"><input type="search" name="q" value="${escapeHtml(words)}" aria-label="Search mail" placeholder="Address or subject"><button>Search</button></form>
<form method="post" action="/delete"><button>Delete all</button></form></div></header>
<div class="card">${mails.length ? `<ul>${mails.map(row).join('')}</ul>` : none}</div>`;
  return page('Mail · Chakravue', body, listScript(newest), nonce);
}

/** One mail. Its HTML is shown in a frame without script, so that it cannot reach this page. */
export function mailPage(mail: CaughtMail): string {
  const links = mail.links.map(
    (link) =>
      `<li><a href="${escapeHtml(link)}" target="_blank" rel="noreferrer">${escapeHtml(link)}</a></li>`,
  );
  const files = mail.attachments.map(
    (file) =>
      `<li>${escapeHtml(file.filename)} <span class="muted">${escapeHtml(file.contentType)}, ${file.sizeBytes} bytes</span></li>`,
  );
  const body = `<p class="small"><a href="/">All mail</a></p><h1>${escapeHtml(mail.subject) || '(no subject)'}</h1>
<dl><dt>From</dt><dd>${escapeHtml(mail.from)}</dd><dt>To</dt><dd>${escapeHtml(mail.to.join(', '))}</dd><dt>Received</dt><dd>${time(mail.receivedAt)}</dd></dl>
${mail.html ? `<div class="card"><iframe title="The mail as people see it" src="/messages/${escapeHtml(mail.id)}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe></div>` : ''}
${links.length ? `<h2>Links</h2><ul class="links">${links.join('')}</ul>` : ''}
${files.length ? `<h2>Attachments</h2><ul class="links">${files.join('')}</ul>` : ''}
<h2>Text</h2><div class="card"><pre tabindex="0" role="region" aria-label="Text of the mail">${escapeHtml(mail.text) || 'This mail has no text part.'}</pre></div>`;
  return page(`${mail.subject || 'Mail'} · Chakravue`, body);
}

export const missingPage = (): string =>
  page(
    'Not found · Chakravue',
    '<h1>There is no such page</h1><p>The mail may have been deleted. <a href="/">All mail</a></p>',
  );

/** The HTML part, with links that open beside the catcher. */
export const framedHtml = (html: string): string => `<base target="_blank">${html}`;
