'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, useField } from '@/components/forms/form-field';
import { RowField } from '@/components/forms/row-field';
import { Button } from '@/components/ui/button';
import { Field, FieldNotes } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { optionsOf, Select } from '@/components/ui/select';
import { amountProblem, type Currency, decimalOf, formatAmount, minorOf, readDecimal } from '@/lib/currency';
import { rateOf } from '@/lib/rounding';
import { settleClaimsAction } from '../actions';
import { BEARERS, CUT_REASONS } from '../policy';

type OpenClaim = { id: string; number: string; patientName: string; about: string; openMinor: number };

type SettleFormProps = {
  payerId: string;
  /** What the payer withholds as tax, in basis points. */
  tdsBp: number;
  tdsLabel: string;
  claims: readonly OpenClaim[];
  /** The claim that one came from: filled in already. */
  chosen: string | null;
  currency: Currency;
  today: string;
};

type TypedPart = { received: string; tds: string; cut: string; bearer: string; reason: string };
const NOTHING: TypedPart = { received: '', tds: '', cut: '', bearer: 'hospital', reason: '' };

const schema = async () => (await import('../schema')).settleClaimsInput;

/** One transfer over the open claims of a payer: what is left to be spread is said while it is typed. */
export function SettleForm(props: SettleFormProps) {
  return (
    <ActionForm
      action={settleClaimsAction}
      schema={schema}
      label="Transfer"
      draft={{ form: 'settlement', of: props.payerId }}
    >
      <input type="hidden" name="payerId" value={props.payerId} />
      <SettleFields {...props} />
    </ActionForm>
  );
}

function readKept(kept: string | undefined): Record<string, TypedPart> {
  try {
    const rows: unknown = kept ? JSON.parse(kept) : [];
    if (!Array.isArray(rows)) return {};
    return Object.fromEntries(
      rows.map(({ claimId, ...typed }: TypedPart & { claimId: string }) => [
        claimId,
        { ...NOTHING, ...typed },
      ]),
    );
  } catch {
    return {};
  }
}

function SettleFields({ tdsBp, tdsLabel, claims, chosen, currency, today }: SettleFormProps) {
  const { kept, id, error } = useField('parts', 'What was paid for each claim');
  const total = useField('amount', 'Amount of the transfer');
  const minor = (text: string) => minorOf(readDecimal(text) ?? '0', currency.code) ?? 0;
  const inFull = (openMinor: number): TypedPart => {
    const tds = rateOf(openMinor, tdsBp);
    const text = (amount: number) => (amount === 0 ? '' : decimalOf(amount, currency.code));
    return { ...NOTHING, received: text(openMinor - tds), tds: text(tds) };
  };
  const [parts, setParts] = useState<Record<string, TypedPart>>(() => {
    const first = claims.find((claim) => claim.id === chosen);
    return kept === undefined && first ? { [first.id]: inFull(first.openMinor) } : readKept(kept);
  });
  const [amount, setAmount] = useState(total.kept ?? '');
  const set = (claimId: string, typed: Partial<TypedPart>) =>
    setParts({ ...parts, [claimId]: { ...(parts[claimId] ?? NOTHING), ...typed } });
  const used = claims.flatMap(({ id: claimId }) => {
    const part = parts[claimId];
    return part && (part.received || part.tds || part.cut) ? [{ claimId, ...part }] : [];
  });
  const received = used.reduce((sum, part) => sum + minor(part.received), 0);
  const left = minor(amount) - received;
  return (
    <>
      <input type="hidden" name="parts" data-shown={`${used.length} claims`} value={JSON.stringify(used)} />
      <div className="grid gap-5 sm:grid-cols-3">
        <Field label={`Amount of the transfer, ${currency.code}`} id={total.id} error={total.error}>
          {(control) => (
            <Input
              {...control}
              name="amount"
              inputMode="decimal"
              autoComplete="off"
              className="tabular-nums"
              value={amount}
              onChange={({ target }) => setAmount(target.value)}
            />
          )}
        </Field>
        <FormField name="reference" label="Reference (UTR)" maxLength={40} autoComplete="off" />
        <FormField
          name="receivedDay"
          label="On the account since"
          type="date"
          defaultValue={today}
          max={today}
          required
        />
      </div>
      <ul id={id} aria-label="Open claims" className="divide-y divide-border border-border border-y">
        {claims.map((claim) => {
          const part = parts[claim.id] ?? NOTHING;
          const at = used.findIndex(({ claimId }) => claimId === claim.id);
          const rest = claim.openMinor - minor(part.received) - minor(part.tds) - minor(part.cut);
          return (
            <li key={claim.id} className="grid gap-3 py-3">
              <div className="flex flex-wrap items-center justify-between gap-3">
                <p className="min-w-40 flex-1">
                  <span className="font-medium text-text">{claim.patientName}</span>
                  <span className="block text-[0.8125rem] text-text-muted">
                    {claim.number}, {claim.about}
                  </span>
                </p>
                <p className="text-right tabular-nums">
                  {formatAmount(claim.openMinor, currency)}
                  {rest === claim.openMinor ? null : (
                    <span
                      className={`block text-[0.8125rem] ${rest < 0 ? 'text-danger' : 'text-text-muted'}`}
                    >
                      {rest < 0
                        ? `${formatAmount(0 - rest, currency)} too much`
                        : rest === 0
                          ? 'nothing stays open'
                          : `${formatAmount(rest, currency)} stays open`}
                    </span>
                  )}
                </p>
                <Button
                  size="sm"
                  onClick={() => set(claim.id, inFull(claim.openMinor))}
                  aria-label={`${claim.number} was paid in full`}
                >
                  In full
                </Button>
              </div>
              <div className="grid grid-cols-2 gap-3 sm:grid-cols-5">
                {(
                  [
                    ['received', 'Received'],
                    ['tds', tdsLabel],
                    ['cut', 'Cut'],
                  ] as const
                ).map(([name, label]) => (
                  <RowField
                    key={name}
                    of={at < 0 ? `parts.of-${claim.id}.${name}` : `parts.${at}.${name}`}
                    label={`${label} of ${claim.number}`}
                    caption={label}
                    inputMode="decimal"
                    className="tabular-nums"
                    value={part[name]}
                    problem={amountProblem(part[name])}
                    onChange={(typed) => set(claim.id, { [name]: typed })}
                  />
                ))}
                {part.cut ? (
                  <>
                    <Field label="Why">
                      {(control) => (
                        <Select
                          {...control}
                          aria-label={`Why ${claim.number} was cut`}
                          placeholder="Choose"
                          options={optionsOf(CUT_REASONS)}
                          value={part.reason}
                          onChange={({ target }) => set(claim.id, { reason: target.value })}
                        />
                      )}
                    </Field>
                    <Field label="Who bears it">
                      {(control) => (
                        <Select
                          {...control}
                          aria-label={`Who bears it, claim ${claim.number}`}
                          options={optionsOf(BEARERS)}
                          value={part.bearer}
                          onChange={({ target }) => set(claim.id, { bearer: target.value })}
                        />
                      )}
                    </Field>
                  </>
                ) : null}
              </div>
            </li>
          );
        })}
      </ul>
      <FieldNotes id={id} help={null} error={error} />
      <p role="status" className={left === 0 ? 'text-text-muted' : 'text-warning'}>
        {left === 0
          ? `${formatAmount(received, currency)} for ${used.length} ${used.length === 1 ? 'claim' : 'claims'}`
          : left > 0
            ? `${formatAmount(left, currency)} is not spread over claims yet`
            : `${formatAmount(0 - left, currency)} more than the transfer`}
      </p>
      <FormActions>
        <SubmitButton pendingLabel="Entering">Enter the transfer</SubmitButton>
      </FormActions>
    </>
  );
}
