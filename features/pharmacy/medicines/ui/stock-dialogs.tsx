'use client';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { type NamedStore, StoreField } from '../../stores/ui/store-field';
import {
  adjustStockAction,
  deactivateMedicineAction,
  dispenseAction,
  disposeExpiredAction,
  disposeStockAction,
  receiveStockAction,
  returnStockAction,
} from '../actions';
import type { Batch, Medicine, Movement } from '../dto';
import { wholeScan } from '../gs1';
import { countOf } from '../policy';
import { QuantityField, ReasonField, StockDialog } from './stock-dialog';

/** Spreads a whole scan over the lot and the expiry. @returns whether it was one */
function takeScan(lot: HTMLInputElement): boolean {
  const scan = wholeScan(lot.value, new Date().getFullYear());
  if (!scan) return false;
  lot.value = scan.lotNumber;
  const expiry = lot.form?.elements.namedItem('expiresOn');
  if (scan.expiresOn && expiry instanceof HTMLInputElement) expiry.value = scan.expiresOn;
  lot.form?.querySelector<HTMLInputElement>('[name="quantity"]')?.focus();
  return true;
}

/** Takes a delivery into stock. */
export function ReceiveStock({ medicine, stores }: { medicine: Medicine; stores: readonly NamedStore[] }) {
  return (
    <StockDialog
      trigger={<Button variant="primary">Receive stock</Button>}
      title={`Receive ${medicine.name}`}
      action={receiveStockAction}
      fields={{ medicineId: medicine.id }}
      submit="Take into stock"
    >
      <div className="grid gap-5 sm:grid-cols-2">
        <FormField
          name="lotNumber"
          label="Lot number"
          autoComplete="off"
          required
          maxLength={90}
          onKeyDown={(event) => {
            // A scanner ends with Enter: the delivery is not finished by that.
            if (event.key === 'Enter' && takeScan(event.currentTarget)) event.preventDefault();
          }}
          onBlur={({ currentTarget }) => takeScan(currentTarget)}
        />
        <FormField
          name="expiresOn"
          label="Expiry date"
          help="As printed: 03/2027 or 31 Mar 2027"
          autoComplete="off"
          required
          maxLength={30}
        />
        <QuantityField unit={medicine.unit} />
        <FormField
          name="cost"
          label="Cost"
          inputMode="decimal"
          help="Of one unit, if known"
          autoComplete="off"
        />
        <StoreField stores={stores} label="Into store" />
      </div>
    </StockDialog>
  );
}

/** Gives out what expires first. */
export function Dispense({
  medicine,
  usable,
  store,
}: {
  medicine: Medicine;
  usable: number;
  /** That it is taken from. */
  store: NamedStore;
}) {
  return (
    <StockDialog
      trigger={<Button>Dispense</Button>}
      title={`Dispense ${medicine.name}`}
      description={`${countOf(usable, medicine.unit)} can be dispensed. The batch that expires first is used first.`}
      action={dispenseAction}
      fields={{ medicineId: medicine.id, storeId: store.id }}
      submit="Dispense"
    >
      <QuantityField unit={medicine.unit} defaultValue={1} />
      <FormField name="note" label="Note" autoComplete="off" maxLength={200} />
    </StockDialog>
  );
}

function fieldsOf(medicine: Medicine, batch: Batch): Record<string, string> {
  const fields = { medicineId: medicine.id, batchId: batch.id };
  return batch.storeId ? { ...fields, storeId: batch.storeId } : fields;
}

/** Brings a batch to what was counted. */
export function AdjustBatch({ medicine, batch }: { medicine: Medicine; batch: Batch }) {
  return (
    <StockDialog
      trigger={
        <Button size="sm" aria-label={`Adjust lot ${batch.lotNumber}`}>
          Adjust
        </Button>
      }
      title={`Adjust lot ${batch.lotNumber}`}
      description={`The list says ${countOf(batch.quantity, medicine.unit)}.`}
      action={adjustStockAction}
      fields={fieldsOf(medicine, batch)}
      version={batch.version}
      submit="Save the count"
    >
      <FormField
        name="counted"
        label="Counted on the shelf"
        inputMode="numeric"
        autoComplete="off"
        required
      />
      <ReasonField help="For example stock count, breakage, wrong entry" />
    </StockDialog>
  );
}

/** Takes a whole batch out of stock. */
export function DisposeBatch({
  medicine,
  batch,
  isExpired,
}: {
  medicine: Medicine;
  batch: Batch;
  isExpired: boolean;
}) {
  return (
    <StockDialog
      trigger={
        <Button size="sm" aria-label={`Dispose of lot ${batch.lotNumber}`}>
          Dispose
        </Button>
      }
      title={`Dispose of lot ${batch.lotNumber}?`}
      description={`All ${countOf(batch.quantity, medicine.unit)} leave the stock. This cannot be undone.`}
      action={disposeStockAction}
      fields={fieldsOf(medicine, batch)}
      submit="Dispose"
      tone="danger"
    >
      <ReasonField defaultValue={isExpired ? 'Expired' : ''} help="For example expired, broken, recalled" />
    </StockDialog>
  );
}

/** Takes every expired batch out of stock. */
export function DisposeExpired({ medicine, quantity }: { medicine: Medicine; quantity: number }) {
  return (
    <StockDialog
      trigger={
        <Button size="sm" variant="danger">
          Dispose expired
        </Button>
      }
      title={`Dispose of expired ${medicine.name}?`}
      description={`${countOf(quantity, medicine.unit)} leave the stock. This cannot be undone.`}
      action={disposeExpiredAction}
      fields={{ medicineId: medicine.id }}
      submit="Dispose expired"
      tone="danger"
    >
      <ReasonField defaultValue="Expired" />
    </StockDialog>
  );
}

/** Takes back what was dispensed, or part of it. */
export function ReturnStock({
  medicineId,
  unit,
  movement,
  onClose,
}: {
  medicineId: string;
  unit: string;
  movement: Movement;
  onClose: () => void;
}) {
  return (
    <StockDialog
      onClose={onClose}
      title={`Return to lot ${movement.lotNumber}`}
      description={`Up to ${countOf(movement.returnable, unit)} of this dispense can come back.`}
      action={returnStockAction}
      fields={{ medicineId, movementId: movement.id }}
      submit="Return to stock"
    >
      <QuantityField unit={unit} defaultValue={movement.returnable} />
      <ReasonField help="For example unopened, dispensed by mistake" />
    </StockDialog>
  );
}

/** Takes a medicine out of the list. */
export function DeactivateMedicine({ medicine }: { medicine: Medicine }) {
  return (
    <StockDialog
      trigger={<Button size="sm">Deactivate</Button>}
      title={`Deactivate ${medicine.name}?`}
      description="It leaves the list and can no longer be received or dispensed. Its movements stay, and it can be activated again."
      action={deactivateMedicineAction}
      fields={{ medicineId: medicine.id }}
      submit="Deactivate"
      tone="danger"
    />
  );
}
