import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXPIRY_SPANS, FILTERS, type MedicineFilter } from '../policy';
import { medicineListQuery } from '../schema';
import { medicinesHref, withinOf } from './addresses';

const read = (href: string) =>
  medicineListQuery.parse(Object.fromEntries(new URL(href, 'https://example.com').searchParams));

describe('a link to the medicines of a kind', () => {
  it.each(Object.keys(FILTERS) as MedicineFilter[])('opens the list with %s shown', (show) => {
    expect(read(medicinesHref({ show })).show).toBe(show);
  });

  it('says within how many days something expires', () => {
    for (const days of EXPIRY_SPANS)
      expect(read(medicinesHref({ show: 'expiring', ...withinOf(days) }))).toMatchObject({
        ...{ show: 'expiring', within: days },
      });
  });

  it('is never written by hand, with a word that the list does not know', () => {
    const pages = ['app', 'features'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.tsx'))
        .map((name) => path.join(folder, name)),
    );
    expect(pages.length).toBeGreaterThan(100);
    const byHand = pages.filter((page) =>
      /paths\.medicines\}\?|['"`]\/medicines\?/.test(readFileSync(page, 'utf8')),
    );
    expect(byHand).toEqual([]);
    // The old address of the reports' links: the list knows no such word and shows everything.
    expect(read('/medicines?filter=low').show).toBe('all');
  });
});
