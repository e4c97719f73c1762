'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { optionsOf } from '@/components/ui/select';
import { type Currency, formatAmount } from '@/lib/currency';
import { formatDay } from '@/lib/time';
import { GROUPS, NO_END } from '../../price-list/policy';
import { addShareRuleAction, endShareRuleAction } from '../actions';
import type { DoctorShareRule } from '../dto';
import { BASES } from '../policy';

const schema = async () => (await import('../schema')).addShareRuleInput;

type ShareRuleFormProps = { doctors: { id: string; name: string }[]; currency: Currency; today: string };

/** What a doctor has from a day on. */
export function ShareRuleForm({ doctors, currency, today }: ShareRuleFormProps) {
  return (
    <ActionForm action={addShareRuleAction} schema={schema} label="New share" resetOnSuccess>
      <div className="grid gap-5 sm:grid-cols-3">
        <FormSelect
          name="doctorId"
          label="Doctor"
          placeholder="Choose"
          options={doctors.map(({ id, name }) => ({ value: id, label: name }))}
          required
        />
        <FormSelect
          name="group"
          label="Of which services"
          placeholder="All without a share of their own"
          options={optionsOf(GROUPS)}
        />
        <FormField name="from" label="From" type="date" defaultValue={today} min={today} required />
        <FormField name="rate" label="Percent" inputMode="decimal" autoComplete="off" />
        <FormField
          name="fixed"
          label={`Or for each piece, ${currency.code}`}
          inputMode="decimal"
          autoComplete="off"
        />
        <FormSelect name="basis" label="Percent of" options={optionsOf(BASES)} defaultValue="net" />
      </div>
      <FormActions>
        <SubmitButton pendingLabel="Saving">Save the share</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

type ShareRuleListProps = {
  rules: readonly DoctorShareRule[];
  currency: Currency;
  today: string;
  canWrite: boolean;
};

/** What counts and what has ended, by doctor. */
export function ShareRuleList({ rules, currency, today, canWrite }: ShareRuleListProps) {
  if (rules.length === 0)
    return <p className="px-4 py-6 text-text-muted sm:px-5">No doctor has a share of what is billed.</p>;
  return (
    <ul aria-label="Shares" className="divide-y divide-border">
      {rules.map((rule) => {
        const amount =
          rule.rateBp === null
            ? `${formatAmount(rule.fixedMinor ?? 0, currency)} for each piece`
            : `${rule.rateBp / 100} %, ${BASES[rule.basis].toLowerCase()}`;
        const hasEnded = rule.to < today || rule.to < rule.from;
        return (
          <li key={rule.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
            <div className="min-w-48 flex-1">
              <p className="font-medium text-text">{rule.doctorName}</p>
              <p className="break-words text-[0.8125rem] text-text-muted">
                {[
                  rule.group ? GROUPS[rule.group] : 'All other services',
                  amount,
                  rule.to === NO_END
                    ? `from ${formatDay(rule.from)}`
                    : `${formatDay(rule.from)} to ${formatDay(rule.to)}`,
                ].join(', ')}
              </p>
            </div>
            {hasEnded ? <Badge tone="neutral">Ended</Badge> : null}
            {canWrite && rule.to > today ? (
              <ConfirmAction
                trigger={
                  <Button size="sm" variant="ghost" aria-label={`End the share of ${rule.doctorName}`}>
                    End
                  </Button>
                }
                title={`End the share of ${rule.doctorName}?`}
                description="It ends today. What was billed until now keeps it."
                confirm="End"
                action={endShareRuleAction}
                fields={{ ruleId: rule.id }}
              />
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
