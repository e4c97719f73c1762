let serial = 0;

/** A number of a pack that no other story scans, with its check digit. */
export function newPack(): string {
  const digits = `8907${String(Date.now() + ++serial).slice(-8)}`;
  const sum = [...digits]
    .reverse()
    .reduce((all, digit, index) => all + Number(digit) * (index % 2 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
