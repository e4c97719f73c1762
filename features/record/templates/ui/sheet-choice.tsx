'use client';
import { AddressSelect } from '@/components/ui/address-select';
import { VISIT_KINDS, type VisitKind, WHOLE } from '../policy';

type Named = { id: string; name: string; kind: VisitKind };

/** Which sheet is shown: the one that fits by itself, another, or all of it. */
export function SheetChoice({
  templates,
  fitting,
}: {
  templates: readonly Named[];
  fitting: Named | undefined;
}) {
  return (
    <div className="no-print flex flex-wrap items-center gap-2 text-sm text-text-muted">
      <span aria-hidden="true">Sheet</span>
      <AddressSelect
        name="sheet"
        label="Sheet of the examination"
        all={fitting ? `${fitting.name} (fits this visit)` : 'Everything'}
        options={[
          ...templates
            .filter(({ id }) => id !== fitting?.id)
            .map(({ id, name, kind }) => ({
              value: id,
              label: name === VISIT_KINDS[kind] ? name : `${name}, ${VISIT_KINDS[kind].toLowerCase()}`,
            })),
          ...(fitting ? [{ value: WHOLE, label: 'Everything' }] : []),
        ]}
      />
    </div>
  );
}
