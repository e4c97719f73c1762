import { expect, it } from 'vitest';
import { flowOf } from './flow';

const MINUTE = 60_000;

it('adds up days by station and hour, and names the hour that cost patients the most', () => {
  const flow = flowOf([
    {
      flow: [
        { station: 'doctor', hour: 9, patients: 2, waitedMs: 40 * MINUTE },
        { station: 'doctor', hour: 11, patients: 1, waitedMs: 50 * MINUTE },
        { station: 'optometry', hour: 9, patients: 4, waitedMs: 20 * MINUTE },
      ],
    },
    { flow: [{ station: 'doctor', hour: 9, patients: 2, waitedMs: 20 * MINUTE }] },
    { flow: [] },
  ]);
  expect(flow.hours).toEqual([9, 10, 11]);
  expect(flow.stations).toEqual([
    {
      station: 'optometry',
      cells: [{ hour: 9, patients: 4, patientsPerDay: 2, meanMinutes: 5 }, null, null],
    },
    {
      station: 'doctor',
      cells: [
        { hour: 9, patients: 4, patientsPerDay: 2, meanMinutes: 15 },
        null,
        { hour: 11, patients: 1, patientsPerDay: 0.5, meanMinutes: 50 },
      ],
    },
  ]);
  expect(flow.worst).toMatchObject({ station: 'doctor', hour: 9, meanMinutes: 15 });
});

it('is empty where nobody came', () => {
  expect(flowOf([{ flow: [] }])).toEqual({ hours: [], stations: [], worst: null });
});
