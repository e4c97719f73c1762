// Covers the page at once, before what asks who is there is fetched: globals.css blurs what lies under.

export function coverPage(): void {
  document.documentElement.dataset.covered = '';
}

export function uncoverPage(): void {
  delete document.documentElement.dataset.covered;
}
