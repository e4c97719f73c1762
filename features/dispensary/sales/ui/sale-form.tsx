'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormCombobox } from '@/components/forms/form-combobox';
import { useFormState } from '@/components/forms/form-context';
import { FormField, useField } from '@/components/forms/form-field';
import { Section } from '@/components/ui/card';
import { Combobox } from '@/components/ui/combobox';
import { Field, FieldNotes } from '@/components/ui/field';
import { billAmounts, discountShareBp } from '@/features/cashier/bills/amounts';
import { BillSums } from '@/features/cashier/bills/ui/bill-sums';
import { DiscountFields } from '@/features/cashier/bills/ui/discount-fields';
import { type ChosenDiscount, discountOf, keptDiscount } from '@/features/cashier/bills/ui/typed-lines';
import type { PackCode } from '@/features/pharmacy/medicines/gs1';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { findMedicine } from '@/features/pharmacy/medicines/ui/find-medicine';
import { LearnPack } from '@/features/pharmacy/medicines/ui/learn-pack';
import { ScanPack } from '@/features/pharmacy/medicines/ui/scan-pack';
import type { FormAction } from '@/lib/action-result';
import { type Currency, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { newRequestKey } from '@/lib/request-key';
import type { Day } from '@/lib/time';
import { sellAction } from '../actions';
import { soldAs } from '../policy';
import { findBuyer } from './find-buyer';
import { PaperScan } from './paper-scan';
import { lineFacts } from './sale-lines';
import { SaleRow } from './sale-row';
import { useSaleLines } from './use-sale-lines';

const SALE_KEY = 'saleKey';
const schema = async () => (await import('../schema')).sellInput;
type Props = {
  currency: Currency;
  /** What totals are rounded to. */
  step: number;
  today: Day;
  /** That it is taken from. */
  storeId: string;
  /** What may be given off the prices alone; more needs somebody's approval. */
  discountLimitBp: number;
  canDiscountAlone: boolean;
  approvers: { id: string; name: string }[];
};

/** What somebody buys: lines by scanner or by typing, and who it is where that is asked for. */
export function SaleForm(props: Props) {
  const router = useRouter();
  const [requestKey, setRequestKey] = useState('');
  // A key of the browser's making: the page on the server must not have another.
  useEffect(() => setRequestKey(newRequestKey()), []);
  const refused = useRef<() => void>(() => undefined);
  const sell: FormAction<{ id: string }> = async (previous, form) => {
    const result = await sellAction(previous, form);
    // Somebody else may have taken it meanwhile: what is shown is what is there.
    if (result.status !== 'ok') refused.current();
    return result;
  };
  return (
    <ActionForm
      action={sell}
      schema={schema}
      label="Sale"
      draft={{ form: 'counter-sale' }}
      onSuccess={({ id }) => router.push(paths.sale(id))}
    >
      <input type="hidden" name="storeId" value={props.storeId} />
      <Lines {...props} newKey={requestKey} refused={refused} />
    </ActionForm>
  );
}

function Lines({
  currency,
  step,
  today,
  storeId,
  discountLimitBp,
  canDiscountAlone,
  approvers,
  newKey,
  refused,
}: Props & { newKey: string; refused: { current: () => void } }) {
  const { id, error, kept } = useField('lines', 'What is sold');
  const { lines, setLines, add, addScanned, lookAgain } = useSaleLines(kept, today, storeId);
  refused.current = lookAgain;
  const [added, setAdded] = useState(0);
  const [unknown, setUnknown] = useState<(PackCode & { gtin: string }) | null>(null);
  const { kept: keptPatient } = useField('patientId', 'Patient');
  const [isPatient, setPatient] = useState(Boolean(keptPatient));
  const facts = lines.map((line) => lineFacts(line, today));
  const needsPaper = lines.some(({ shelf }) => shelf?.needsPaper);
  const needsName = lines.some(({ shelf }) => shelf?.needsName);
  const scans = lines.map(({ shelf }) => shelf?.scan ?? null);
  const { valueFor, restored } = useFormState();
  // A draft is the same sale still: its papers are found, and where it was sold already it is not sold twice.
  const keptKey = restored?.[SALE_KEY];
  const saleKey = typeof keptKey === 'string' && keptKey ? keptKey : newKey;
  const [discount, setDiscount] = useState<ChosenDiscount>(() => keptDiscount(valueFor));
  const amounts = billAmounts(
    facts.map(({ pieces, unitMinor }) => ({
      quantity: pieces,
      unitMinor,
      isInclusive: true,
      components: [],
    })),
    discountOf(discount, currency.code),
    step,
  );
  const { totalMinor, discountMinor } = amounts;
  const needsApproval = discountMinor > 0 && discountShareBp(amounts) > discountLimitBp && !canDiscountAlone;
  return (
    <>
      <input
        type="hidden"
        name="lines"
        data-shown={lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')}
        value={JSON.stringify(
          lines.map(({ medicineId, name, batchId, quantity }) => ({
            ...{ medicineId, name, quantity },
            ...(batchId ? { batchId } : {}),
          })),
        )}
      />
      <input type="hidden" name="totalMinor" value={totalMinor} />
      <input type="hidden" name="requestKey" value={saleKey} />
      {/* The key of a press is no part of what is typed; this one is, and nobody is shown it. */}
      <input type="hidden" name={SALE_KEY} data-shown="" value={saleKey} />
      <Section
        title="What is sold"
        flush
        actions={
          <ScanPack
            autoFocus
            onRead={(code, medicine) => {
              if (medicine) void addScanned(code, medicine);
              else if (code.gtin) setUnknown({ ...code, gtin: code.gtin });
            }}
          />
        }
      >
        <div className="px-4 py-4 sm:px-5">
          <Field label="Add a medicine">
            {(control) => (
              <Combobox
                {...control}
                key={added}
                name="add"
                placeholder="Type the medicine"
                autoFocus={added > 0}
                loadOptions={async (words, signal) =>
                  (await findMedicine(words, signal)).map((one) => ({
                    value: one.id,
                    label: [one.name, one.strength].filter(Boolean).join(' '),
                    description: `${countOf(one.onHand, one.unit)} on hand`,
                  }))
                }
                onSelect={(option) => {
                  if (!option) return;
                  add({ id: option.value, name: option.label });
                  setAdded((count) => count + 1);
                }}
              />
            )}
          </Field>
          <FieldNotes id={id} help={null} error={error} />
        </div>
        {lines.length > 0 ? (
          <ul aria-label="Lines of the sale" className="divide-y divide-border border-border border-t">
            {lines.map((line, index) => (
              <SaleRow
                key={soldAs(line)}
                line={line}
                currency={currency}
                today={today}
                onChange={(changed) =>
                  setLines((all) => all.map((one, at) => (at === index ? { ...one, ...changed } : one)))
                }
                onRemove={() => setLines((all) => all.filter((_, at) => at !== index))}
              />
            ))}
          </ul>
        ) : null}
      </Section>
      <Section
        title="Who buys it"
        description={needsName ? 'It goes into a register: a name is needed.' : 'May be left out.'}
      >
        <div className="grid gap-5 sm:grid-cols-3">
          <FormCombobox
            name="patientId"
            label="Patient of the hospital"
            placeholder="Name, number or phone"
            loadOptions={findBuyer}
            onSelect={(option) => setPatient(option !== null)}
          />
          {isPatient ? null : (
            <>
              <FormField name="buyerName" label="Name" autoComplete="off" maxLength={80} />
              <FormField name="buyerPhone" label="Phone" type="tel" autoComplete="off" maxLength={20} />
            </>
          )}
        </div>
      </Section>
      {needsPaper ? (
        <Section title="The prescription that was shown" description="Sold on a doctor’s prescription only.">
          <div className="grid gap-5 sm:grid-cols-3">
            <FormField name="prescriber" label="Doctor" autoComplete="off" maxLength={80} required />
            <FormField name="paperDay" label="Date on the paper" type="date" max={today} required />
            <FormField
              name="prescriberAddress"
              label="Doctor’s address or registration"
              autoComplete="off"
              maxLength={160}
            />
          </div>
          {scans.some((scan) => scan !== null) ? (
            <PaperScan key={saleKey} saleKey={saleKey} isNeeded={scans.includes('asked')} />
          ) : null}
        </Section>
      ) : null}
      <Section title="Discount" description="Off the whole sale; it is cut to the lines by what they cost.">
        <div className="grid gap-5 sm:grid-cols-2">
          <DiscountFields
            {...{ discount, needsApproval, approvers, currency, grossMinor: amounts.grossMinor }}
            onChange={setDiscount}
          />
          {discountMinor > 0 ? <BillSums amounts={amounts} currency={currency} what="Medicines" /> : null}
        </div>
      </Section>
      <FormActions>
        <p role="status" className="mr-auto self-center font-semibold text-lg text-text tabular-nums">
          {formatAmount(totalMinor, currency)}
        </p>
        <SubmitButton pendingLabel="Selling">Sell and bill</SubmitButton>
      </FormActions>
      <LearnPack
        gtin={unknown?.gtin ?? null}
        onClose={() => setUnknown(null)}
        onLearned={async (gtin) => {
          const code = unknown;
          setUnknown(null);
          const [medicine] = await findMedicine(gtin);
          if (code && medicine) void addScanned(code, medicine);
        }}
      />
    </>
  );
}
