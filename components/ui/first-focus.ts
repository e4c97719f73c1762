const FIELDS = 'input:not([type="hidden"]):not(:disabled), select:not(:disabled), textarea:not(:disabled)';
const ACTIONS = 'a[href], button:not(:disabled)';

/**
 * Where the focus goes in a dialog that opens: to what is marked with `data-autofocus`, else to the first
 * field (of a group, to what is chosen), else to the first action below the title, which is the safe one.
 * Never to the cross: Enter would close the dialog and nobody would notice that nothing was done.
 */
export function focusFirst(content: HTMLElement): boolean {
  const body = content.querySelectorAll<HTMLElement>('[data-dialog-body]');
  const find = (selector: string) =>
    [...body].flatMap((part) => [...part.querySelectorAll<HTMLElement>(selector)]);
  const marked = find('[data-autofocus="true"]')[0];
  const field = find(FIELDS)[0];
  const chosen =
    field instanceof HTMLInputElement && field.type === 'radio'
      ? find('input[type="radio"]:checked')[0]
      : undefined;
  const target = marked ?? chosen ?? field ?? find(ACTIONS)[0];
  target?.focus();
  return target !== undefined;
}
