'use client';
import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { dosageText, SITES, type Site } from '../dosage';
import { lineTitle, quantityText } from '../policy';
import type { Finding } from '../safety';
import { LineEditor } from './line-editor';
import { neededOf, type SheetLine } from './sheet-line';

const eyes = (['right', 'left', 'both'] as const).map((value) => ({ value, label: SITES[value] }));

/** A medicine on the sheet: what was understood, what speaks against it, and the way to change it. */
export function SheetRow({
  line,
  findings,
  reasons,
  onReason,
  onChange,
  onRemove,
}: {
  line: SheetLine;
  findings: readonly Finding[];
  reasons: Readonly<Record<string, string>>;
  onReason: (finding: Finding, reason: string) => void;
  onChange: (line: SheetLine) => void;
  onRemove: () => void;
}) {
  const [isEditing, setEditing] = useState(false);
  const title = lineTitle(line);
  const { site } = line;
  return (
    <li className="grid gap-2 border-border border-b px-4 py-3 last:border-b-0 sm:px-5" aria-label={title}>
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-2 font-semibold text-sm text-text">
            {title}
            {line.medicineId ? null : <Badge tone="warning">Outside the formulary</Badge>}
            {line.isSubstitutionAllowed ? null : <Badge>As written only</Badge>}
          </p>
          <p className="text-sm text-text-muted">
            {site ? `${dosageText({ ...line, site })}.` : 'Choose the eye.'} {quantityText(line)}.
            {line.note ? ` ${line.note}.` : ''}
          </p>
        </div>
        <div className="flex items-center gap-1">
          {site ? null : (
            <Select
              aria-label={`Eye of ${title}`}
              placeholder="Which eye?"
              options={eyes}
              value=""
              onChange={(event) => {
                const chosen = event.target.value as Site;
                onChange({ ...line, site: chosen, quantity: neededOf({ ...line, site: chosen }) });
              }}
            />
          )}
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Edit ${title}`}
            aria-expanded={isEditing}
            onClick={() => setEditing(!isEditing)}
          >
            <Icon of="pencil" />
          </Button>
          <Button variant="ghost" size="icon-sm" aria-label={`Remove ${title}`} onClick={onRemove}>
            <Icon of="x" />
          </Button>
        </div>
      </div>
      {findings.map((finding) => (
        <Alert key={finding.key} tone={finding.severity === 'stop' ? 'danger' : 'warning'} live>
          <p className="font-medium text-text">{finding.sentence}</p>
          <p className="text-[0.8125rem]">{finding.source}.</p>
          {finding.severity === 'stop' ? (
            <Field label="Reason to prescribe it all the same" className="mt-2">
              {(control) => (
                <Input
                  {...control}
                  maxLength={200}
                  autoComplete="off"
                  value={reasons[finding.key] ?? ''}
                  onChange={(event) => onReason(finding, event.target.value)}
                />
              )}
            </Field>
          ) : null}
        </Alert>
      ))}
      {isEditing ? <LineEditor line={line} onChange={onChange} /> : null}
    </li>
  );
}
