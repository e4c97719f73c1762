/** One sheet for all pages of the emulator; the colours are those of the product. */
export const STYLE = `
:root{color-scheme:light dark;--surface:#f6f8f8;--raised:#fff;--sunken:#ecf0f1;--border:#dce4e6;--control:#788a90;--text:#14252a;--muted:#47585d;
--accent:#0f5f6f;--accent-hover:#0a4c59;--on-accent:#fff;--danger:#b3261e;--danger-soft:#fdeceb;--notice:#8a5300;--notice-soft:#fdf1dc;--good:#1b6b3a;--shadow:0 1px 2px rgb(16 40 48/.06),0 8px 24px rgb(16 40 48/.08)}
@media (prefers-color-scheme:dark){:root{--surface:#0e1719;--raised:#152124;--sunken:#0b1315;--border:#2a3a3f;--control:#6f858c;--text:#e6eef0;--muted:#a9bac0;
--accent:#5cc2d4;--accent-hover:#82d4e2;--on-accent:#06262c;--danger:#ff9b93;--danger-soft:#3a1d1b;--notice:#f2c374;--notice-soft:#33270f;--good:#7fd6a0;--shadow:none}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--surface);color:var(--text);font:16px/1.5 Inter,ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums}
a{color:var(--accent)}a:hover{color:var(--accent-hover)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
h1{font-size:1.25rem;line-height:1.3;margin:0 0 .25rem}h2{font-size:1.0625rem;margin:0 0 .75rem}
p{margin:0 0 .75rem}
.notice{background:var(--notice-soft);color:var(--notice);text-align:center;padding:.5rem 1rem;font-size:.875rem}
main{max-width:60rem;margin:0 auto;padding:3rem 1.5rem}
main.narrow{max-width:30rem}
main.wide{max-width:90rem}
.split{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,26rem);gap:4rem;align-items:start}
.card{background:var(--raised);border:1px solid var(--border);border-radius:12px;padding:1.75rem;box-shadow:var(--shadow)}
.card+.card{margin-top:1.5rem}
.muted{color:var(--muted)}.small{font-size:.875rem}
.price{font-size:2.25rem;font-weight:650;letter-spacing:-.02em;line-height:1.2;margin:.25rem 0 0}
.price .small{font-weight:400;letter-spacing:0}
.plan{font-size:1.5rem;font-weight:650;line-height:1.25;margin:0 0 .25rem}
.lines{list-style:none;margin:2rem 0 0;padding:0}
.lines li{display:flex;justify-content:space-between;gap:1rem;padding:.75rem 0;border-top:1px solid var(--border)}
.lines .total{font-weight:600}
.field{margin-bottom:1.125rem}
label{display:block;font-weight:550;font-size:.9375rem;margin-bottom:.375rem}
fieldset{border:0;margin:0;padding:0;min-width:0}legend{font-weight:600;padding:0;margin-bottom:.75rem}
input,select{width:100%;min-height:2.875rem;padding:.5rem .75rem;font:inherit;color:inherit;background:var(--raised);border:1px solid var(--control);border-radius:8px}
input::placeholder{color:var(--muted);opacity:.85}
input:focus-visible{outline-offset:0;border-color:var(--accent)}
input[aria-invalid=true]{border-color:var(--danger)}
.error{color:var(--danger);font-size:.875rem;margin:.375rem 0 0}
.alert{background:var(--danger-soft);color:var(--danger);border-radius:8px;padding:.75rem 1rem;margin-bottom:1.25rem;font-weight:550}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
button,.button{display:inline-flex;align-items:center;justify-content:center;min-height:2.875rem;padding:.5rem 1.25rem;font:inherit;font-weight:600;text-decoration:none;cursor:pointer;border-radius:8px;border:1px solid transparent;background:var(--accent);color:var(--on-accent)}
button:hover,.button:hover{background:var(--accent-hover);color:var(--on-accent)}
.quiet{background:transparent;color:var(--text);border-color:var(--control)}
.quiet:hover{background:var(--sunken);color:var(--text)}
.full{width:100%}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1rem}
.back{display:inline-block;margin-top:1.25rem;padding:.25rem 0}
details{margin-top:1.5rem;font-size:.875rem;color:var(--muted)}summary{cursor:pointer;padding:.25rem 0}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:.5rem 0 0}dt{font-weight:550}dd{margin:0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.875rem}th,td{text-align:left;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--border);white-space:nowrap}th{color:var(--muted);font-weight:550}
td.number,th.number{text-align:right}
.good{color:var(--good)}.bad{color:var(--danger)}
code{font:.8125rem/1.4 ui-monospace,SFMono-Regular,Menlo,monospace}
@media (max-width:52rem){main{padding:1.5rem 1rem}.split{grid-template-columns:minmax(0,1fr);gap:1.5rem}.lines{margin-top:1rem}.card{padding:1.25rem}dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}
@media print{.notice,.actions,.back{display:none}.card{border:0;box-shadow:none}}
`;

/**
 * Writes spaces into what is typed, and keeps a second click from sending twice; the pages work without it.
 */
export const SCRIPT = `
(() => {
  const digits = (text) => text.replace(/\\D/g, '');
  const format = {
    number: (text) => digits(text).slice(0, 19).replace(/(.{4})(?=.)/g, '$1 '),
    expiry: (text) => {
      const [left, ...rest] = text.split('/');
      if (rest.length > 0) return digits(left).padStart(2, '0').slice(0, 2) + ' / ' + digits(rest.join('')).slice(0, 4);
      let all = digits(text);
      if (/^[2-9]/.test(all)) all = '0' + all;
      return all.length < 2 ? all : all.slice(0, 2) + ' / ' + all.slice(2, 6);
    },
  };
  for (const [name, apply] of Object.entries(format)) {
    const input = document.querySelector('input[name=' + name + ']');
    input?.addEventListener('input', (event) => {
      const isDeleting = String(event.inputType || '').startsWith('delete');
      if (isDeleting || input.selectionStart !== input.value.length) return;
      input.value = apply(input.value);
    });
  }
  let isSent = false;
  addEventListener('pageshow', () => { isSent = false; });
  for (const form of document.querySelectorAll('form')) {
    form.addEventListener('submit', (event) => {
      if (isSent) event.preventDefault();
      isSent = true;
    });
  }
})();
`;
