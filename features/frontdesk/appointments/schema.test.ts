import { describe, expect, it } from 'vitest';
import { appointmentsQuery, bookAppointmentInput, cancelAppointmentInput } from './schema';

const booking = {
  patientId: 'a'.repeat(24),
  doctorId: 'b'.repeat(24),
  date: '2026-11-23',
  time: '09:30',
};

describe('a booking', () => {
  it('lasts 15 minutes unless told otherwise and needs no reason', () => {
    expect(bookAppointmentInput.parse(booking)).toMatchObject({ durationMinutes: 15, reason: '', notes: '' });
  });

  it.each([
    ['patientId', '', 'Choose a patient from the list.'],
    ['doctorId', '', 'Choose a doctor.'],
    ['date', '2026-02-30', 'Enter a date.'],
    ['date', '0001-01-01', 'Enter a date of this century.'],
    ['time', '25:00', 'Enter a time such as 09:30.'],
    ['time', '', 'Enter a time such as 09:30.'],
    ['durationMinutes', '0', 'Choose one of the lengths.'],
    ['durationMinutes', '', 'Choose one of the lengths.'],
    ['reason', 'x'.repeat(201), 'Use at most 200 characters.'],
  ])('refuses %s "%s"', (name, value, sentence) => {
    const parsed = bookAppointmentInput.safeParse({ ...booking, [name]: value });
    expect(parsed.error?.issues.map(({ path, message }) => [path[0], message])).toEqual([[name, sentence]]);
  });

  it('is never an operator', () => {
    expect(bookAppointmentInput.safeParse({ ...booking, doctorId: { $ne: null } }).success).toBe(false);
  });
});

describe('a cancellation', () => {
  it('says why', () => {
    expect(cancelAppointmentInput.safeParse({ appointmentId: 'a', cancelReason: ' ' }).success).toBe(false);
  });
});

describe('the address of the day', () => {
  it('falls back where it is malformed', () => {
    const query = appointmentsQuery.parse({
      date: 'tomorrow',
      doctor: '{"$ne":null}',
      status: ['booked', 'x'],
      view: 'month',
      sort: 'password',
      open: '1',
    });
    expect(query).toMatchObject({ view: 'day', sort: 'time' });
    expect([query.date, query.doctor, query.status, query.open]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
