import { z } from 'zod';
import { orNothing } from '@/lib/address-query';
import { type Day, type Month, monthOf, shiftDay, shiftMonth } from '@/lib/time';

/** The address of the figures by doctor: of which month, or of which year. */
export const doctorFiguresQuery = z.object({
  month: orNothing(z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)),
  year: orNothing(z.string().regex(/^20\d\d$/)),
});

/** The days of the month or year that was asked for; of this month where nothing was. */
export function doctorFiguresRange(
  { month, year }: { month?: Month | undefined; year?: string | undefined },
  today: Day,
): { from: Day; to: Day } {
  if (year && !month) return { from: `${year}-01-01`, to: `${year}-12-31` };
  const one = month ?? monthOf(today);
  return { from: `${one}-01`, to: shiftDay(`${shiftMonth(one, 1)}-01`, -1) };
}
