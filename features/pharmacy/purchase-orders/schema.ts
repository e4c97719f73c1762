import { z } from 'zod';
import { requestKey } from '@/features/cashier/bills/schema';
import { cursor } from '@/lib/address-query';
import { readDecimal } from '@/lib/currency';
import { chosenId, id, optionalText, postedList, text, version } from '@/lib/fields';
import { OBJECT_ID } from '@/lib/object-id';
import { readPackFields } from '@/lib/pieces';
import { isEmptyOrderLine } from './policy';

const UNREADABLE = 'The lines could not be read. Open this again.';
const MOST_LINES = 100;

/** What is typed in a row, as texts: a row is checked as a whole, so that its mistakes are said together. */
const typedLine = z.object({
  medicineId: z.string().max(24),
  medicineName: z.string().max(200),
  unitsPerPack: z.string().max(40),
  packs: z.string().max(40),
  freePacks: z.string().max(40),
  rate: z.string().max(24),
});
export type TypedOrderLine = z.output<typeof typedLine>;

/** What a row says, or what is wrong with it, in a few words. */
function readOrderLine(typed: TypedOrderLine) {
  const wrong: string[] = [];
  if (!OBJECT_ID.test(typed.medicineId)) wrong.push('choose the medicine');
  const {
    packs,
    freePacks,
    unitsPerPack,
    wrong: ofPacks,
  } = readPackFields(typed, { least: 1, ask: 'how many packs' });
  wrong.push(...ofPacks);
  const rate = typed.rate.trim() ? readDecimal(typed.rate) : undefined;
  if (rate === null) wrong.push('the rate');
  if (wrong.length > 0 || packs === null || freePacks === null || unitsPerPack === null || rate === null)
    return { problem: `${typed.medicineName || 'A line'}: ${wrong.join(', ')}.` };
  return { line: { medicineId: typed.medicineId, packs, freePacks, unitsPerPack, rate } };
}

const lines = z
  .string(UNREADABLE)
  .max(60_000, UNREADABLE)
  .transform((value, ctx) => {
    const parsed = z.array(typedLine).safeParse(postedList(value, MOST_LINES));
    const refuse = (message: string) => {
      ctx.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    if (!parsed.success) return refuse(UNREADABLE);
    const read = parsed.data.filter((line) => !isEmptyOrderLine(line)).map(readOrderLine);
    if (read.length === 0) return refuse('Enter what is ordered: at least one line.');
    const problems = read.flatMap((one) => ('problem' in one && one.problem ? [one.problem] : []));
    if (problems.length > 0) return refuse(problems.slice(0, 3).join(' '));
    return read.flatMap((one) => (one.line ? [one.line] : []));
  });

const facts = { supplierId: chosenId('Choose the supplier.'), note: optionalText(300), lines };
export const addOrderInput = z.object({ ...facts, requestKey });
export type AddOrderInput = z.output<typeof addOrderInput>;

const known = { orderId: id('This order is not known.'), version };
export const updateOrderInput = z.object({ ...facts, ...known });
export type UpdateOrderInput = z.output<typeof updateOrderInput>;
export const approveOrderInput = z.object(known);
export type ApproveOrderInput = z.output<typeof approveOrderInput>;
export const endOrderInput = z.object({ ...known, reason: text(200, 'Say why, in a few words.') });
export type EndOrderInput = z.output<typeof endOrderInput>;

/** The address of the list. */
export const ordersQuery = z.object({
  show: z.enum(['approved', 'draft', 'all']).catch('approved').default('approved'),
  after: cursor(),
  before: cursor(),
});
export type OrdersQuery = z.output<typeof ordersQuery>;
