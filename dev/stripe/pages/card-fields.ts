import type { CardField, CardForm } from '../cards';
import { type Html, html } from './html';

const FIELDS: Record<CardField, { label: string; autocomplete: string; numeric: boolean; hint: string }> = {
  number: { label: 'Card number', autocomplete: 'cc-number', numeric: true, hint: '1234 1234 1234 1234' },
  expiry: { label: 'Expiry', autocomplete: 'cc-exp', numeric: true, hint: 'MM / YY' },
  cvc: { label: 'CVC', autocomplete: 'cc-csc', numeric: true, hint: '123' },
  name: { label: 'Name on card', autocomplete: 'cc-name', numeric: false, hint: '' },
};

export type CardErrors = Partial<CardForm>;

/** One labelled field with its error. */
export function textField(options: {
  name: string;
  label: string;
  value: string;
  autocomplete: string;
  error?: string | undefined;
  isFocused?: boolean;
  numeric?: boolean;
  hint?: string;
}): Html {
  const { name, label, value, autocomplete, error, isFocused, numeric, hint } = options;
  return html`<div class="field"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" value="${value}" autocomplete="${autocomplete}" required${
    numeric ? html` inputmode="numeric"` : null
  }${hint ? html` placeholder="${hint}"` : null}${
    error ? html` aria-invalid="true" aria-describedby="${name}-error"` : null
  }${isFocused ? html` autofocus` : null}>${error ? html`<p class="error" id="${name}-error">${error}</p>` : null}</div>`;
}

/** The four fields of a card. What was typed is kept, except the security code. */
export function cardFields(values: Partial<CardForm>, errors: CardErrors, focusFirst: boolean): Html {
  const order: readonly CardField[] = ['number', 'expiry', 'cvc', 'name'];
  const focused = order.find((name) => errors[name]) ?? (focusFirst ? 'number' : undefined);
  const field = (name: CardField) =>
    textField({
      name,
      ...FIELDS[name],
      value: name === 'cvc' ? '' : (values[name] ?? ''),
      error: errors[name],
      isFocused: focused === name,
    });
  return html`${field('number')}<div class="pair">${field('expiry')}${field('cvc')}</div>${field('name')}`;
}

/** The test cards, for a person who opens the page the first time. */
export const testCards = (): Html => html`<details><summary>Test cards</summary><dl>
<dt>4242 4242 4242 4242</dt><dd>succeeds</dd>
<dt>4000 0000 0000 0002</dt><dd>is declined</dd>
<dt>4000 0025 0000 3155</dt><dd>asks to confirm (3-D Secure)</dd>
</dl><p>Any expiry in the future, any three digits, any name.</p></details>`;
