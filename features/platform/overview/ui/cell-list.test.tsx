import type { ComponentProps } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { CellList } from './cell-list';

type Cell = ComponentProps<typeof CellList>['cells'][number];
const cell: Cell = {
  ...{ id: 'cell-1', acceptsNew: true, weight: 1, organizations: 0, prepared: 0, state: 'open' },
  usage: { files: 0, storageBytes: 0, connections: 0 },
  limits: { files: null, storageBytes: 1_024, connections: null },
  ...{ isolation: 'shared-user', measuredAt: null },
};
const shown = (measuredAt: string | null) =>
  renderToStaticMarkup(
    <CellList
      cells={[{ ...cell, measuredAt }]}
      forecast={{ room: null, came: 0, lastsDays: null }}
      now={new Date()}
    />,
  );

it('says of a new cell that it is not measured yet, and gives no figure', () => {
  expect(shown(null)).toContain('>not measured yet<');
  expect(shown(null)).not.toContain('0 B');
  expect(shown('2026-12-01T00:00:00.000Z')).toContain('0 B of 1 KiB');
});
