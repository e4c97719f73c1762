/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { definitionOf, gateOf } from '@/lib/actions/gated';
import { id, revision } from '@/lib/fields';
import { fieldsOf } from '@/tests/assertions/fields';

// Who saves a form that was opened before a colleague's save would put the colleague's values back: a form
// that changes what is there sends the version that it was opened on. The first word of an action says what
// it does.
const files = import.meta.glob<Record<string, unknown>>('/features/**/actions.ts');

/** Makes something that was not there, or adds to it: nothing is put back. */
const MAKES = new RegExp(
  '^(accept|add|allow|answer|ask|book|change(Email|Password)|checkIn|confirm|create|credit|dispense|give|extend|invite|issue' +
    '|make|open|receive|register|reply|request|refund|return|sell|send|take|upload)',
);
/** Ends something, or takes it away; what it asks for is why. */
const ENDS = /^(cancel|close|delete|dispose|end|leave|remove|stop|suspend|void|withdraw|refuse|revoke)/;

/** Changes what is there without a version. */
const WITHOUT: Record<string, string> = {
  callPatientAction: 'the service refuses an entry that has moved on',
  undoAction: 'names the state that it undoes',
  changePriorityAction: 'one choice is the change',
  setTicketPriorityAction: 'one choice is the change',
  assignTicketAction: 'one choice is the change',
  setPatientActiveAction: 'names the state that is wanted',
  openCellAction: 'names the state that is wanted',
  mergePatientsAction: 'sends the versions of both records',
  recordDeathAction: 'one day; there is nothing else in the form',
  undoDeathAction: 'names the state that it undoes',
  resolveProblemAction: 'names the state that is wanted',
  rateTicketAction: 'its own customer says it, once',
  updateIncidentAction: 'adds a word to the story; how it stands comes with the word',
  assignShareAction: 'takes from what is due, never more than is due',
  settleClaimsAction: 'adds what was paid, never above what is open; a transfer is entered once',
  reverseSettlementAction: 'the service refuses one that was reversed',
  setPriceAction: 'adds a price from a day on; the one before stays in the history',
  renameAction: "one's own name",
  renamePasskeyAction: "one's own, a single field",
  renameSelfAction: "one's own name",
  renameOwnPasskeyAction: "one's own, a single field",
  changeOwnPasswordAction: 'the current password comes with it',
  changeOwnEmailAction: 'a mail is asked for; the link in it makes the change',
  setPinAction: "one's own, and never shown",
  scheduleReportMailAction: "one's own mail",
  saveOnlineAccountAction: 'a secret that is never shown; a key of another account is refused',
  connectOwnDatabaseAction: 'a secret that is never shown',
  verifyDomainAction: 'names the domain',
  moveOrganizationAction: 'work on a database, one at a time',
  seeChangesAction: "one's own, and only ever a later day",
  seeNoticesAction: "one's own, and only ever a later moment",
  previewChangeAction: 'changes nothing',
  previewPricesAction: 'changes nothing',
  importPricesAction: 'a list whose preview was read; a price before it stays in the history',
  previewOpeningAction: 'changes nothing',
  readGoodsAction: 'changes nothing',
  importOpeningAction: 'a lot that is in the ledger is refused; what is done is what was shown',
  startStocktakeAction: 'makes one; a store is counted once at a time',
  saveCountsAction: 'each line names the count that was seen',
  countFoundLotAction: 'adds a lot; one that was counted is refused',
  rememberPackAction: 'the service refuses a pack that is known of another medicine',
  holdBatchAction: 'the service refuses a lot that is held',
  releaseQuarantineAction: 'takes pieces out, never more than there are',
  noteContactAction: 'one word on one patient; the last one counts',
  paySupplierAction: 'adds a payment, never above what is due',
  payExpenseAction: 'the service refuses one that has moved on; the reference comes with it',
  reopenOrderAction: 'the service refuses an order that has moved on; the reason comes with it',
  setChargeAsideAction: 'one charge, with the reason; names the state that is wanted',
  upgradeNowAction: 'the payment service is asked what is true',
  scheduleChangeAction: 'the payment service is asked what is true',
  settleMonthAction: 'the service refuses a month that is settled',
  changeTermsAction: 'the payment service is asked what is true',
  pauseSubscriptionAction: 'the payment service is asked what is true',
};

/** Ids and proofs name what is changed, who does it and in which press; everything else is a value. */
const isValue = (field: string): boolean => !/Ids?$|^(currentPassword|token|requestKey|attempt)$/.test(field);

type Found = { name: string; values: string[]; version: unknown };
async function findActions(): Promise<Found[]> {
  const found: Found[] = [];
  for (const load of Object.values(files))
    for (const [name, action] of Object.entries(await load())) {
      const definition = definitionOf(action) as { input?: unknown } | undefined;
      const fields = fieldsOf(definition?.input);
      if (gateOf(action) !== 'public')
        found.push({ name, values: Object.keys(fields).filter(isValue), version: fields.version });
    }
  return found;
}

const mayBeStale = ({ name, values, version }: Found): boolean =>
  values.length > 0 && !version && !MAKES.test(name) && !ENDS.test(name) && !(name in WITHOUT);

describe('a form that changes what is there', () => {
  it('sends the version that it was opened on', async () => {
    const actions = await findActions();
    expect(actions.filter(mayBeStale).map(({ name }) => name)).toEqual([]);
    expect(actions.filter(({ version }) => version).length).toBeGreaterThanOrEqual(24);
  });

  it('is found without one, and is not where it only names a record', () => {
    const found = (name: string, input: z.ZodObject): Found => ({
      name,
      values: Object.keys(input.shape).filter(isValue),
      version: input.shape.version,
    });
    const [known, room] = [id('Unknown.'), z.string()];
    expect(mayBeStale(found('updateRoomAction', z.object({ roomId: known, room })))).toBe(true);
    expect(mayBeStale(found('updateRoomAction', z.object({ roomId: known, room, version: revision })))).toBe(
      false,
    );
    expect(mayBeStale(found('activateRoomAction', z.object({ roomId: known })))).toBe(false);
  });

  it('has a reason for each that goes without, and none for what is gone or has one', async () => {
    const bare = (await findActions()).filter(({ version }) => !version).map(({ name }) => name);
    expect(Object.keys(WITHOUT).filter((name) => !bare.includes(name))).toEqual([]);
  });
});
