'use client';
import { useField } from '@/components/forms/form-field';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { optionsOf, Select } from '@/components/ui/select';
import { type Currency, formatAmount, minorOf, readDecimal } from '@/lib/currency';
import { payerShare, type Share, type ShareTerms, shareProblem } from '../../coverages/policy';

/** Who may pay beside the patient: a policy, an approval, or a payer without a policy. */
export type PayerOption = {
  value: string;
  label: string;
  /** The most that it pays of this bill; null for no limit. */
  limitMinor: number | null;
  coPayBp: number;
  /** The hospital bears it itself. */
  isOwnFund: boolean;
};

export type TypedShare = {
  kind: 'covered' | 'rate' | 'amount';
  rate: string;
  amount: string;
  notCovered: string;
};

export const NO_SHARE: TypedShare = { kind: 'covered', rate: '', amount: '', notCovered: '' };

export function keptShare(valueFor: (name: string) => string | undefined): TypedShare {
  const kind = valueFor('shareKind');
  return {
    kind: kind === 'rate' || kind === 'amount' ? kind : 'covered',
    rate: valueFor('shareRate') ?? '',
    amount: valueFor('shareAmount') ?? '',
    notCovered: valueFor('notCovered') ?? '',
  };
}

/** What a payer pays of a bill, as the server computes it; 0 without one. */
export function typedShare(
  totalMinor: number,
  payer: PayerOption | null,
  typed: TypedShare,
  { code, notPayableMinor = 0 }: { code: string; notPayableMinor?: number },
): number {
  return payer ? payerShare(totalMinor, termsOf(payer, typed, code, notPayableMinor)) : 0;
}

/** As the server reads them. */
function termsOf(payer: PayerOption, typed: TypedShare, code: string, notPayableMinor: number): ShareTerms {
  const minor = (text: string) => minorOf(readDecimal(text) ?? '0', code) ?? 0;
  const share: Share =
    typed.kind === 'rate'
      ? { kind: 'rate', rateBp: Math.round(Number(typed.rate) * 100) || 0 }
      : typed.kind === 'amount'
        ? { kind: 'amount', minor: minor(typed.amount) }
        : { kind: 'covered' };
  // Beside an amount it is not asked, and not posted.
  const notCoveredMinor = (typed.kind === 'amount' ? 0 : minor(typed.notCovered)) + notPayableMinor;
  return { share, notCoveredMinor, limitMinor: payer.limitMinor, coPayBp: payer.coPayBp };
}

type PayerFieldsProps = {
  options: readonly PayerOption[];
  choice: string;
  onChoose: (choice: string) => void;
  typed: TypedShare;
  onType: (typed: TypedShare) => void;
  totalMinor: number;
  /** Of lines that the payer does not pay for. */
  notPayableMinor?: number;
  currency: Currency;
};

/** Who pays beside the patient; both shares are said before anything is asked for. */
export function PayerFields(props: PayerFieldsProps) {
  const { options, choice, typed, onType, totalMinor, notPayableMinor = 0, currency } = props;
  const chosen = options.find(({ value }) => value === choice) ?? null;
  const who = useField('payerChoice', 'Who pays');
  const kind = useField('shareKind', 'They pay');
  const rate = useField('shareRate', 'Their share, percent');
  const amount = useField('shareAmount', 'Their share');
  const notCovered = useField('notCovered', 'Not covered');
  const shareMinor = typedShare(totalMinor, chosen, typed, { code: currency.code, notPayableMinor });
  const problem =
    chosen && shareProblem(totalMinor, termsOf(chosen, typed, currency.code, notPayableMinor), currency);
  const errorOf = (name: string, refusal: string | undefined) =>
    problem?.field === name ? problem.sentence : refusal;
  return (
    <div className="grid gap-4">
      <Field label="Who pays" id={who.id} error={who.error}>
        {(control) => (
          <Select
            {...control}
            name="payerChoice"
            value={chosen ? choice : ''}
            placeholder="The patient pays all"
            options={options.map(({ value, label }) => ({ value, label }))}
            onChange={({ target }) => props.onChoose(target.value)}
          />
        )}
      </Field>
      {chosen ? (
        <>
          <div className="grid grid-cols-2 gap-4">
            <Field label="They pay" id={kind.id} error={kind.error}>
              {(control) => (
                <Select
                  {...control}
                  name="shareKind"
                  value={typed.kind}
                  options={optionsOf({ covered: 'All covered', rate: 'Percent', amount: 'Amount' })}
                  onChange={({ target }) =>
                    onType({
                      ...typed,
                      kind: target.value === 'rate' || target.value === 'amount' ? target.value : 'covered',
                    })
                  }
                />
              )}
            </Field>
            {typed.kind === 'rate' ? (
              <Field label="Their share, percent" id={rate.id} error={errorOf('shareRate', rate.error)}>
                {(control) => (
                  <Input
                    {...control}
                    name="shareRate"
                    inputMode="decimal"
                    autoComplete="off"
                    value={typed.rate}
                    onChange={({ target }) => onType({ ...typed, rate: target.value })}
                  />
                )}
              </Field>
            ) : null}
            {typed.kind === 'amount' ? (
              <Field label="Their share" id={amount.id} error={errorOf('shareAmount', amount.error)}>
                {(control) => (
                  <Input
                    {...control}
                    name="shareAmount"
                    inputMode="decimal"
                    autoComplete="off"
                    value={typed.amount}
                    onChange={({ target }) => onType({ ...typed, amount: target.value })}
                  />
                )}
              </Field>
            ) : (
              <Field
                label="Not covered"
                help="The patient pays it"
                id={notCovered.id}
                error={errorOf('notCovered', notCovered.error)}
              >
                {(control) => (
                  <Input
                    {...control}
                    name="notCovered"
                    inputMode="decimal"
                    autoComplete="off"
                    value={typed.notCovered}
                    onChange={({ target }) => onType({ ...typed, notCovered: target.value })}
                  />
                )}
              </Field>
            )}
          </div>
          {chosen.limitMinor !== null || chosen.coPayBp > 0 ? (
            <p className="text-[0.8125rem] text-text-muted">
              {[
                chosen.limitMinor === null ? null : `At most ${formatAmount(chosen.limitMinor, currency)}`,
                chosen.coPayBp > 0 ? `${chosen.coPayBp / 100} % co-payment of the patient` : null,
              ]
                .filter(Boolean)
                .join('; ')}
            </p>
          ) : null}
          <div role="status">
            <dl className="grid gap-1.5 tabular-nums">
              <div className="flex justify-between gap-4 text-text-muted">
                <dt>{chosen.isOwnFund ? 'Borne by the hospital' : 'The payer pays'}</dt>
                <dd>{formatAmount(shareMinor, currency)}</dd>
              </div>
              <div className="flex justify-between gap-4 font-medium text-text">
                <dt>The patient pays</dt>
                <dd>{formatAmount(totalMinor - shareMinor, currency)}</dd>
              </div>
            </dl>
          </div>
        </>
      ) : null}
    </div>
  );
}
