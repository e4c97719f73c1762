/** Making a format costs a hundred times what using it does, so each is made once. */
const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

/** `parts` in one order of keys is one format; locales and zones are few, texts of people never come here. */
export function dateFormat(locale: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(parts)}`;
  let found = dates.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, parts);
    dates.set(key, found);
  }
  return found;
}

/** @see dateFormat */
export function numberFormat(locale: string, parts: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(parts)}`;
  let found = numbers.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locale, parts);
    numbers.set(key, found);
  }
  return found;
}
