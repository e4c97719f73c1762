'use client';
import { ActionButton } from '@/components/forms/action-button';
import { Button } from '@/components/ui/button';
import { type NamedStore, StoreField } from '../../stores/ui/store-field';
import {
  disposeQuarantineAction,
  holdBatchAction,
  releaseBatchAction,
  releaseQuarantineAction,
  resumeSellingAction,
  stopSellingAction,
} from '../actions';
import type { Batch, Medicine } from '../dto';
import { countOf } from '../policy';
import { QuantityField, ReasonField, StockDialog } from './stock-dialog';

const fromStoreOf = (batch: Batch) => (batch.storeId ? { fromStoreId: batch.storeId } : {});
type OfBatch = { medicine: Medicine; batch: Batch };
const fieldsOf = ({ medicine, batch }: OfBatch) => ({ medicineId: medicine.id, batchId: batch.id });

/** Keeps a lot from being given out, and lets it go again. */
export function HoldBatch({ medicine, batch }: OfBatch) {
  if (batch.hold)
    return (
      <ActionButton
        size="sm"
        action={releaseBatchAction}
        fields={fieldsOf({ medicine, batch })}
        aria-label={`Release lot ${batch.lotNumber}`}
      >
        Release
      </ActionButton>
    );
  return (
    <StockDialog
      trigger={
        <Button size="sm" aria-label={`Hold lot ${batch.lotNumber}`}>
          Hold
        </Button>
      }
      title={`Hold lot ${batch.lotNumber}?`}
      description="It stays on the shelf, and no counter gives anything of it until it is released."
      action={holdBatchAction}
      fields={fieldsOf({ medicine, batch })}
      submit="Hold it"
      tone="danger"
    >
      <ReasonField help="For example recalled by the maker, looks cloudy" />
    </StockDialog>
  );
}

/** What of a lot came back and was looked at: onto the shelf, or away. */
export function QuarantineActions({ medicine, batch, stores }: OfBatch & { stores: readonly NamedStore[] }) {
  const of = `lot ${batch.lotNumber} in quarantine`;
  return (
    <div className="no-print flex gap-2">
      <StockDialog
        trigger={
          <Button size="sm" aria-label={`Put ${of} on the shelf`}>
            To the shelf
          </Button>
        }
        title={`Put lot ${batch.lotNumber} back on the shelf?`}
        description={`${countOf(batch.quarantine, medicine.unit)} are in quarantine.`}
        action={releaseQuarantineAction}
        fields={{ ...fieldsOf({ medicine, batch }), ...fromStoreOf(batch) }}
        submit="Put on the shelf"
      >
        <QuantityField unit={medicine.unit} defaultValue={batch.quarantine} />
        <StoreField
          stores={stores}
          label="Into store"
          {...(batch.storeId ? { defaultValue: batch.storeId } : {})}
        />
        <ReasonField help="For example sealed, kept cool" />
      </StockDialog>
      <StockDialog
        trigger={
          <Button size="sm" variant="danger" aria-label={`Throw away ${of}`}>
            Throw away
          </Button>
        }
        title={`Throw away what of lot ${batch.lotNumber} is in quarantine?`}
        description={`${countOf(batch.quarantine, medicine.unit)} leave the pharmacy. This cannot be undone.`}
        action={disposeQuarantineAction}
        fields={{ ...fieldsOf({ medicine, batch }), ...fromStoreOf(batch) }}
        submit="Throw away"
        tone="danger"
      >
        <ReasonField help="For example opened" />
      </StockDialog>
    </div>
  );
}

/** Keeps a medicine from being given out, whatever its lots. */
export function StopSelling({ medicine }: { medicine: Medicine }) {
  return (
    <StockDialog
      trigger={<Button size="sm">Stop selling</Button>}
      title={`Stop selling ${medicine.name}?`}
      description="From this moment on no counter gives anything of it. Its stock stays, and it can be sold again at any time."
      action={stopSellingAction}
      fields={{ medicineId: medicine.id }}
      submit="Stop selling"
      tone="danger"
    >
      <ReasonField help="For example banned, recalled by the maker" />
    </StockDialog>
  );
}

/** Sells it again. */
export function ResumeSelling({ medicine }: { medicine: Medicine }) {
  return (
    <ActionButton size="sm" action={resumeSellingAction} fields={{ medicineId: medicine.id }}>
      Sell again
    </ActionButton>
  );
}
