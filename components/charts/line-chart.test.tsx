import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { LineChart } from './line-chart';

const chart = (isNewestLast: boolean) =>
  renderToStaticMarkup(
    <LineChart
      title="Pressure"
      unit="mmHg"
      categoryLabel="Day"
      categories={['1 Jan', '2 Jan']}
      series={[{ key: 'right', label: 'Right', values: [12, 14], tone: 1 }]}
      format={String}
      isNewestLast={isNewestLast}
    />,
  );

it('of a time begins at its newest end where it is wider than its card, and reads from left to right', () => {
  const [region = ''] = chart(true).match(/<section[^>]*>/) ?? [];
  expect(region).toContain('[direction:rtl]');
  expect(chart(true)).toMatch(/<div class="[^"]*\[direction:ltr\]/);
  expect(chart(false)).not.toContain('[direction:rtl]');
});
