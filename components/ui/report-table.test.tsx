import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { type ReportColumn, ReportTable } from './report-table';

const shown = (labels: readonly string[], isStacked?: boolean) => {
  const [first = '', ...others] = labels;
  const column = (label: string): ReportColumn<string> => ({ label, cell: (row) => `${row} ${label}` });
  return renderToStaticMarkup(
    <ReportTable
      caption="Lines"
      rows={['a']}
      rowKey={(row) => row}
      columns={[column(first), ...others.map(column)]}
      empty=""
      {...(isStacked === undefined ? {} : { isStacked })}
    />,
  );
};

it('of more columns than a phone holds stands as blocks there, each figure under its own name', () => {
  const bill = shown(['Service', 'Quantity', 'Price', 'Total']);
  expect(bill).toContain('report-stacked');
  for (const label of ['Quantity', 'Price', 'Total']) expect(bill).toContain(`data-label="${label}"`);
  expect(bill).not.toContain('data-label="Service"');
  expect(shown(['Day', 'Patients'])).not.toContain('report-stacked');
  expect(shown(['Patient', 'Phone', 'Appointment'], true)).toContain('report-stacked');
});
