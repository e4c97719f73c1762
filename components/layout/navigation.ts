import type { IconName } from './nav-icon';

export type NavigationItem = {
  href: string;
  label: string;
  icon: IconName;
  /** A count or a word at the end of the line. */
  badge?: string | number;
  /** Current only on this very address, not below it. */
  exact?: boolean;
};

export type NavigationSection = { label?: string; items: readonly NavigationItem[] };

/** Whether an item stands for the page at `pathname`. */
export function isCurrent(pathname: string, item: Pick<NavigationItem, 'href' | 'exact'>): boolean {
  return pathname === item.href || (!item.exact && pathname.startsWith(`${item.href}/`));
}
