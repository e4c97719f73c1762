'use client';
import { type ReactNode, useRef, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect, useField } from '@/components/forms/form-field';
import { runAction } from '@/components/forms/run-action';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { FieldGroup } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { optionsOf } from '@/components/ui/select';
import { FINDING_ROWS } from '@/features/record/examinations/finding-rows';
import { SHEET_GROUP_IDS, SHEET_GROUPS } from '@/features/record/examinations/sheet-layout';
import { deleteTemplateAction, saveTemplateAction } from '../actions';
import type { ExaminationTemplate } from '../dto';
import { normalField } from '../fields';
import { OWNERS, VISIT_KINDS } from '../policy';

const GROUPS = SHEET_GROUP_IDS.map((key) => ({ key, label: SHEET_GROUPS[key] ?? key }));

/** A template to write, or one to change: what the sheet shows, in which order, and what is normal. */
export function TemplateForm({ template }: { template?: ExaminationTemplate }) {
  const [key, setKey] = useState(0);
  const rowOf = (row: string) => FINDING_ROWS.find((one) => one.key === row);
  return (
    <ActionForm
      key={key}
      action={saveTemplateAction}
      schema={async () => (await import('../schema')).saveTemplateInput}
      label={template ? `Template ${template.name}` : 'New template'}
      draft={{
        form: 'examination-template',
        ...(template ? { of: template.id, version: template.version } : {}),
      }}
      {...(template ? {} : { onSuccess: () => setKey(key + 1) })}
    >
      {template ? <input type="hidden" name="templateId" value={template.id} readOnly /> : null}
      <div className="grid gap-4 sm:grid-cols-3">
        <FormField
          name="name"
          label="Name"
          required
          maxLength={60}
          autoComplete="off"
          defaultValue={template?.name ?? ''}
        />
        <FormSelect
          name="kind"
          label="Kind of visit"
          options={optionsOf(VISIT_KINDS)}
          defaultValue={template?.kind ?? 'first'}
        />
        <FormSelect
          name="owner"
          label="For"
          options={optionsOf(OWNERS)}
          defaultValue={template?.isOwn ? 'me' : 'everybody'}
        />
      </div>
      <OrderedChoice
        name="groups"
        legend="What is measured, in this order"
        all={GROUPS}
        chosen={template?.groups ?? ['complaints', 'acuity', 'refraction', 'pressure']}
      />
      <OrderedChoice
        name="rows"
        legend="Rows of the eye, in this order"
        all={FINDING_ROWS}
        chosen={template?.rows ?? FINDING_ROWS.map((row) => row.key)}
      >
        {(row) =>
          rowOf(row)?.range ? null : (
            <FormField
              name={normalField(row)}
              label={`Normal, ${rowOf(row)?.label.toLowerCase()}`}
              hideLabel
              maxLength={80}
              autoComplete="off"
              placeholder={rowOf(row)?.normal || 'What is normal'}
              defaultValue={template?.normals[row] ?? ''}
            />
          )
        }
      </OrderedChoice>
      <FormActions>
        <SubmitButton pendingLabel="Saving">{template ? 'Save' : 'Add the template'}</SubmitButton>
        {template ? (
          <ConfirmDialog
            title={`Delete ${template.name}?`}
            confirmLabel="Delete template"
            onConfirm={() => runAction(deleteTemplateAction, { templateId: template.id })}
            trigger={<Button>Delete</Button>}
          >
            What was written with it stays.
          </ConfirmDialog>
        ) : null}
      </FormActions>
    </ActionForm>
  );
}

type Choice = { key: string; label: string };

/** What is ticked, in an order that is changed by buttons; those that are not ticked stand behind. */
function OrderedChoice({
  name,
  legend,
  all,
  chosen,
  children,
}: {
  name: string;
  legend: string;
  all: readonly Choice[];
  chosen: readonly string[];
  children?: (key: string) => ReactNode;
}) {
  const { id, error, keptList } = useField(name, legend);
  const [begun] = useState(() => keptList ?? chosen);
  const [order, setOrder] = useState(() => [
    ...begun.filter((key) => all.some((one) => one.key === key)),
    ...all.map(({ key }) => key).filter((key) => !begun.includes(key)),
  ]);
  const list = useRef<HTMLOListElement>(null);
  const move = (from: number, by: number) => {
    const next = [...order];
    const [taken] = next.splice(from, 1);
    if (taken !== undefined) next.splice(from + by, 0, taken);
    setOrder(next);
    // The form around watches for what people type; a click on a button fires no input event.
    list.current?.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return (
    <FieldGroup id={id} legend={legend} error={error}>
      <ol ref={list} className="divide-y divide-border rounded-md border border-border">
        {order.map((key, index) => {
          const label = all.find((one) => one.key === key)?.label ?? key;
          return (
            <li key={key} className="flex flex-wrap items-center gap-2 px-3 py-1">
              <Checkbox
                id={`${id}-${key}`}
                name={`${name}[]`}
                value={key}
                label={label}
                defaultChecked={begun.includes(key)}
                className="min-w-44 flex-1"
              />
              {children ? <div className="w-56 max-sm:order-last max-sm:w-full">{children(key)}</div> : null}
              <span className="flex">
                <Button
                  variant="ghost"
                  size="icon-sm"
                  aria-label={`Move ${label} up`}
                  disabled={index === 0}
                  onClick={() => move(index, -1)}
                >
                  <Icon of="arrow-up" />
                </Button>
                <Button
                  variant="ghost"
                  size="icon-sm"
                  aria-label={`Move ${label} down`}
                  disabled={index === order.length - 1}
                  onClick={() => move(index, 1)}
                >
                  <Icon of="arrow-down" />
                </Button>
              </span>
            </li>
          );
        })}
      </ol>
    </FieldGroup>
  );
}
