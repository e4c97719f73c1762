import 'server-only';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { branchRecalls } from './branch-recalls';
import { findNotes, findPresses } from './find-presses';
import { growExaminations } from './grow-examinations';
import { heedTransit } from './heed-transit';
import { keepNumbers } from './keep-numbers';
import { keyByBranch, listByBranch } from './key-by-branch';
import { keySounds } from './key-sounds';
import { linkVisits } from './link-visits';
import { markPapers } from './mark-papers';
import { noteRecalls } from './note-recalls';
import { ownSets } from './own-sets';
import { placeLinks } from './place-links';
import { sealLogos } from './seal-logos';
import { sealPatientFields } from './seal-patient-fields';
import type { WalkProgress } from './walk';

export type Migration = {
  /** The version that the database has afterwards. */
  version: number;
  name: string;
  /**
   * Idempotent and in steps: it may be killed anywhere and is then run again, while the organization works.
   */
  run: (db: TenantDatabase, progress: WalkProgress) => Promise<void>;
};

/**
 * In order of version; never changed once released. Collections and indexes need none: each run first creates
 * what the models declare. Expand first, contract later: the code before and after serves both versions.
 */
export const MIGRATIONS: readonly Migration[] = [
  { version: 3, name: '0003-seal-patient-fields', run: sealPatientFields },
  { version: 4, name: '0004-link-visits', run: linkVisits },
  { version: 5, name: '0005-note-recalls', run: noteRecalls },
  // Collections of their own, and nothing to change in those before.
  { version: 6, name: '0006-examinations', run: async () => undefined },
  { version: 7, name: '0007-notes-of-patients', run: async () => undefined },
  // A collection of its own, and an index of the log, both made before the run.
  { version: 8, name: '0008-audit-notes', run: async () => undefined },
  { version: 9, name: '0009-allergies', run: async () => undefined },
  { version: 10, name: '0010-grow-examinations', run: growExaminations },
  // Collections of their own: price list, bills, payments and shifts.
  { version: 11, name: '0011-patients-money', run: async () => undefined },
  // Collections of their own.
  { version: 12, name: '0012-prescriptions', run: async () => undefined },
  { version: 13, name: '0013-key-sounds', run: keySounds },
  // Collections of their own: keys of presses, and drafts.
  { version: 14, name: '0014-drafts-and-request-keys', run: async () => undefined },
  // An index over bills, and one over receipts, in the order of their days.
  { version: 15, name: '0015-documents-by-day', run: async () => undefined },
  // A collection of its own: what was done and is to be billed.
  { version: 16, name: '0016-charges', run: async () => undefined },
  // What a document is of; those of before say nothing, and are read as "other".
  { version: 17, name: '0017-kinds-of-documents', run: async () => undefined },
  // A collection of its own: what a patient has had.
  { version: 18, name: '0018-histories', run: async () => undefined },
  // A collection of its own: what the sheet of an examination shows.
  { version: 19, name: '0019-examination-templates', run: async () => undefined },
  // Collections of their own: letters and certificates, and the address book.
  { version: 20, name: '0020-letters', run: async () => undefined },
  // A collection of its own.
  { version: 21, name: '0021-contact-lenses', run: async () => undefined },
  // A collection of its own.
  { version: 22, name: '0022-paper-links', run: async () => undefined },
  // An index over prescriptions, and one over glasses, by their day.
  { version: 23, name: '0023-prescribed-by-day', run: async () => undefined },
  // Collections of their own: what came back to the pharmacy, and its settings; indexes of stock.
  { version: 24, name: '0024-pharmacy-returns', run: async () => undefined },
  // Collections of their own: suppliers, their invoices and payments, numbers of packs; recalled lots.
  { version: 25, name: '0025-purchases', run: async () => undefined },
  // Collections of their own: orders to suppliers, and what went back; what patients were given, by patient.
  { version: 26, name: '0026-orders-and-sales', run: async () => undefined },
  // A collection of its own: files on their way in parts; what was found in a file is said of new ones alone.
  { version: 27, name: '0027-files-in-parts', run: async () => undefined },
  // Collections of their own: who pays for patients, policies, claims, transfers of payers, doctors' shares.
  { version: 28, name: '0028-payers-and-claims', run: async () => undefined },
  // Collections of their own: glasses as made, orders done, packages, estimates, expenses and deposits.
  { version: 29, name: '0029-orders-and-petty-cash', run: async () => undefined },
  // Collections of their own: stores, transfers, stocktakes; what stands in no other store is in the first.
  { version: 31, name: '0031-stores', run: async () => undefined },
  // Collections of their own: drawers that are handed over, packages as they were sold, certificates.
  { version: 33, name: '0033-handovers-and-packages', run: async () => undefined },
  // Collections of their own: hours of doctors, leave and holidays; an index of appointments.
  { version: 35, name: '0035-schedules', run: async () => undefined },
  // Logos are sealed like all that is stored of a hospital's files.
  { version: 36, name: '0036-seal-logos', run: sealLogos },
  { version: 38, name: '0038-heed-transit', run: heedTransit },
  // Sets of medicines are everybody's until somebody makes one of their own; named findings are a collection.
  { version: 40, name: '0040-own-sets', run: ownSets },
  { version: 41, name: '0041-key-by-branch', run: keyByBranch },
  // A collection of its own: what suppliers call medicines; those that say no tax have that of medicines.
  { version: 43, name: '0043-names-of-suppliers', run: async () => undefined },
  // Collections of their own: links by which patients pay, and what goes back by the provider.
  { version: 44, name: '0044-payment-links', run: async () => undefined },
  { version: 45, name: '0045-find-presses', run: findPresses },
  // And collections of their own: the use of stock by month, which the ledger fills once somebody asks.
  { version: 46, name: '0046-place-links', run: placeLinks },
  { version: 48, name: '0048-find-notes', run: findNotes },
  { version: 49, name: '0049-mark-papers', run: markPapers },
  { version: 50, name: '0050-list-by-branch', run: listByBranch },
  { version: 51, name: '0051-branch-recalls', run: branchRecalls },
  { version: 52, name: '0052-keep-numbers', run: keepNumbers },
  // A collection of its own: records of one person that became one.
  { version: 53, name: '0053-merges', run: async () => undefined },
];
