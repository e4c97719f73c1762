import { z } from 'zod';
import { cursor, day, orNothing } from '@/lib/address-query';
import { chosenId, id, text, typedPieces } from '@/lib/fields';
import { OBJECT_ID } from '@/lib/object-id';
import { percent, typedAmount } from '../bill-settings/schema';
import { CLAIM_MODE_IDS, PAYER_CHOICE } from '../claims/policy';
import { optionalState } from '../payers/schema';
import { DISCOUNT_REASON_IDS, MOST_PIECES } from './policy';

const MOST_LINES = 60;
/** The id of a record that may be left out. */
export const optionalId = z
  .string()
  .trim()
  .refine((value) => value === '' || OBJECT_ID.test(value), 'Choose one from the list.')
  .transform((value) => value || undefined)
  .optional();

/** Made with the page: the same press that arrives twice happens once. */
export const requestKey = z.string('Open this page again.').regex(/^[\w-]{8,64}$/, 'Open this page again.');

/** A list that a form keeps as JSON in one hidden field. */
export const listOf = <T extends z.ZodType>(item: T, sentence: string) =>
  z
    .string(sentence)
    .max(20_000, 'These are too many lines.')
    .transform((value, ctx): unknown => {
      try {
        return JSON.parse(value);
      } catch {
        ctx.addIssue({ code: 'custom', message: sentence });
        return z.NEVER;
      }
    })
    .pipe(
      z.array(item, sentence).min(1, sentence).max(MOST_LINES, `A bill has at most ${MOST_LINES} lines.`),
    );

const known = id('This bill is not known.');
export const quantity = typedPieces(MOST_PIECES, 1);

/** Who pays beside the patient, and how much. */
const shareFields = {
  shareKind: z.enum(['covered', 'rate', 'amount'], 'Choose what they pay.').default('covered'),
  shareRate: percent('their share'),
  shareAmount: typedAmount('their share'),
  notCovered: typedAmount('what is not covered'),
};
const payerChoice = z
  .string()
  .trim()
  .refine((value) => value === '' || PAYER_CHOICE.test(value), 'Choose who pays.')
  .transform((value) => value || undefined)
  .optional();

/** Less than the prices, why, and who has approved it above the limit. */
export const discountFields = {
  discountKind: z.enum(['none', 'rate', 'amount'], 'Choose a discount.').default('none'),
  discountRate: percent('the discount'),
  discountAmount: typedAmount('the discount'),
  discountReason: z
    .enum(['', ...DISCOUNT_REASON_IDS], 'Choose the reason.')
    .optional()
    .transform((value) => value || undefined),
  approverId: optionalId,
  /** The approver's PIN or password; its name keeps it out of every answer. */
  approverPin: z.string().max(200, 'Use at most 200 characters.').optional(),
};

export const issueBillInput = z.object({
  patientId: chosenId('Choose a patient from the list.'),
  visitId: optionalId,
  doctorId: optionalId,
  requestKey,
  lines: listOf(
    z
      .object({
        serviceId: id('This service is not known.').optional(),
        /** What was done for the patient, at the price of its day; else a service of today. */
        chargeId: id('This is not known.').optional(),
        quantity,
        /** What was shown: a price that has changed since is refused. */
        unitMinor: z.number().int().min(0).max(1e12),
        isFree: z.boolean().default(false),
        /** The payer does not pay for it at all: it is the patient's. */
        isNotPayable: z.boolean().optional(),
      })
      .refine(
        ({ serviceId, chargeId }) => (serviceId === undefined) !== (chargeId === undefined),
        'This service is not known.',
      ),
    'Add what is to be billed.',
  ),
  ...discountFields,
  payerChoice,
  ...shareFields,
  /** India: the state where the goods are supplied; the hospital's own where nothing is said. */
  placeOfSupply: optionalState,
});
export type IssueBillInput = z.output<typeof issueBillInput>;

/** Takes a share off a bill that was issued to the patient alone. */
export const assignShareInput = z.object({
  billId: known,
  payerChoice: payerChoice.refine((value) => value !== undefined, 'Choose who pays.'),
  mode: z.enum(CLAIM_MODE_IDS, 'Choose who is paid.').default('cashless'),
  ...shareFields,
});
export type AssignShareInput = z.output<typeof assignShareInput>;
export type ShareInput = Pick<AssignShareInput, keyof typeof shareFields>;

export const creditBillInput = z.object({
  billId: known,
  requestKey,
  lines: listOf(
    z.object({ line: z.number().int().min(0).max(MOST_LINES), quantity }),
    'Choose what is taken back.',
  ),
  reason: text(200, 'Say why, in a few words.', 2),
});
export type CreditBillInput = z.output<typeof creditBillInput>;

export const BILL_VIEWS = ['due', 'all'] as const;

/** The address of the list of bills. */
export const billListQuery = z.object({
  show: z.enum(BILL_VIEWS).catch('due').default('due'),
  day: day(),
  after: cursor(),
  before: cursor(),
});
export type BillListQuery = z.output<typeof billListQuery>;

const address24 = orNothing(z.string().regex(OBJECT_ID));
/** The address of a new bill: for whom, which visit, who pays, where it is supplied, of which estimate. */
export const newBillQuery = z.object({
  patient: address24,
  visit: address24,
  payer: orNothing(z.string().regex(PAYER_CHOICE)),
  place: orNothing(z.string().regex(/^\d\d$/)),
  estimate: address24,
});

/** The address of the cashier's page. */
export const cashierQuery = z.object({ q: z.string().trim().max(100).catch('').default('') });

export const printQuery = z.object({ paper: z.enum(['a4', 'roll']).catch('a4').default('a4') });
