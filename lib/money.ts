import { exponentOf } from './currency';
import { numberFormat } from './formats';

/** Formats an amount in the smallest unit: 9900 -> "$99", 9950 -> "$99.50"; yen have none, dinars three. */
export function formatMoney(minor: number, currency = 'usd'): string {
  const code = currency.toUpperCase();
  const exponent = exponentOf(code);
  const unit = 10 ** exponent;
  const digits = minor % unit === 0 ? 0 : exponent;
  return numberFormat('en-US', {
    style: 'currency',
    currency: code,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(minor / unit);
}

/** Formats a size in bytes with binary units: 1073741824 -> "1 GiB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value >= 100 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
