'use client';

import { columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table';
import type { MenuState } from './menu-button';
import { MenuPanel } from './menu-panel';

/** By the column's id; a column that is not named is shown. */
export type Visibility = Record<string, boolean>;

const features = tableFeatures({ columnVisibilityFeature });
const NO_ROWS: never[] = [];

/** Which columns of a list are shown. */
export function ColumnsMenu({
  choices,
  visibility,
  onVisibilityChange,
  ...menu
}: MenuState & {
  choices: readonly { id: string; header: string }[];
  visibility: Visibility;
  onVisibilityChange: (next: Visibility) => void;
}) {
  const table = useTable({
    features,
    columns: choices.map(({ id, header }) => ({ id, header })),
    data: NO_ROWS,
    state: { columnVisibility: visibility },
    onColumnVisibilityChange: (update) =>
      onVisibilityChange(typeof update === 'function' ? update(visibility) : update),
  });
  const checks = table.getAllLeafColumns().map((column) => ({
    type: 'check' as const,
    label: String(column.columnDef.header),
    checked: column.getIsVisible(),
    onChange: (isShown: boolean) => column.toggleVisibility(isShown),
  }));
  return <MenuPanel {...menu} items={[{ type: 'label', label: 'Show columns' }, ...checks]} />;
}
