import { z } from 'zod';
import { objectId, op } from '@/lib/mongo';
import type { Appointment } from './dto';
import type { AppointmentSort } from './schema';

const FIELDS = {
  time: ['startsAt', '_id'],
  patient: ['patientName', '_id'],
  doctor: ['doctorName', 'startsAt', '_id'],
} as const;

type Key = keyof typeof FIELDS;
type Field = (typeof FIELDS)[Key][number];
type Value = string | Date | ReturnType<typeof objectId>;

const shape = z.array(z.string().max(200)).min(2).max(3);

const keyOf = (sort: AppointmentSort): Key => (sort.startsWith('-') ? sort.slice(1) : sort) as Key;
export const fieldsOf = (sort: AppointmentSort): readonly Field[] => FIELDS[keyOf(sort)];

const read = (row: Appointment, field: Field): string => (field === '_id' ? row.id : row[field]);

export const encodeCursor = (row: Appointment, sort: AppointmentSort): string =>
  Buffer.from(JSON.stringify(fieldsOf(sort).map((field) => read(row, field)))).toString('base64url');

/** The values of a cursor, or null for a malformed one: the list then starts at its beginning. */
export function decodeCursor(text: string | undefined, sort: AppointmentSort): Value[] | null {
  if (!text) return null;
  try {
    const parts = shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    const fields = fieldsOf(sort);
    if (parts.length !== fields.length) return null;
    return fields.map((field, index): Value => {
      const part = parts[index] ?? '';
      if (field === '_id') return objectId(part);
      return field === 'startsAt' ? new Date(z.iso.datetime().parse(part)) : part;
    });
  } catch {
    // Cursors come from the address, where people can write anything.
    return null;
  }
}

/**
 * What lies beyond a cursor. The range on the first field lets the index serve it; the rest parts equal
 * values.
 */
export function beyond(
  sort: AppointmentSort,
  values: readonly Value[],
  isAscending: boolean,
): Record<string, unknown> {
  const fields = fieldsOf(sort);
  const past = (value: Value | undefined) => op(isAscending ? { $gt: value } : { $lt: value });
  const first = fields[0] ?? '_id';
  return {
    [first]: op(isAscending ? { $gte: values[0] } : { $lte: values[0] }),
    $or: fields.map((field, index) => ({
      ...Object.fromEntries(fields.slice(0, index).map((equal, at) => [equal, values[at]])),
      [field]: past(values[index]),
    })),
  };
}
