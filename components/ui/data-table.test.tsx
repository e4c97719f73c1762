import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { DataTable } from './data-table';

const shown = renderToStaticMarkup(
  <DataTable
    id="medicines"
    label="Medicines"
    columns={[
      { id: 'name', header: 'Name', cell: (row: string) => row },
      { id: 'day', header: 'Day', align: 'right', cell: () => '30 Sept 2026' },
    ]}
    rows={['Atropine']}
    rowId={(row) => row}
    toolbar={<input aria-label="Search" />}
    emptyState=""
  />,
);

it('gives its search box a line of its own on a phone', () => {
  expect(shown).toMatch(/<div class="[^"]*max-sm:not-empty:basis-full[^"]*"><input aria-label="Search"/);
});

it('keeps a day in one line', () => {
  expect(shown).toMatch(/<td class="[^"]*whitespace-nowrap[^"]*text-right[^"]*">30 Sept 2026/);
});
