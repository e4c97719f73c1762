import type { Slot } from '@/features/frontdesk/appointments/slots';
import { objectId } from '@/lib/mongo';
import type { Day } from '@/lib/time';
import type { Bulk } from './bulk';
import type { Random } from './chance';
import type { Crew } from './crew';
import type { Doctor } from './diary';
import type { Person } from './people';

const MINUTE = 60_000;
const ROOMS = { optometry: 'Refraction', pharmacy: 'Counter' } as const;

export type Arrival = {
  day: Day;
  token: number;
  person: Person;
  doctor: Doctor | undefined;
  slot: Slot | null;
  startedAt: number;
};

/** A finished visit and its steps, as the queue would have written them. */
export function visitOf(
  { day, token, person, doctor, startedAt: started }: Arrival,
  { bulk, crew, random, hasMedicines }: { bulk: Bulk; crew: Crew; random: Random; hasMedicines: boolean },
) {
  const startedAt = new Date(started);
  const visitId = bulk.idAt(startedAt);
  const { _id: patientId, firstDay = day, lastDay, name, number, sex, dateOfBirth } = person;
  const patient = { name, number, sex, dateOfBirth };
  Object.assign(person, { firstDay, lastDay: day, lastAt: startedAt });
  const doctorFacts = doctor ? { doctorId: objectId(doctor.id), doctorName: doctor.name } : {};
  let at = started;
  const steps = (['optometry', 'doctor', 'pharmacy'] as const).slice(0, hasMedicines ? 3 : 2);
  const by = { optometry: crew.optometrist, doctor: doctor ?? crew.manager, pharmacy: crew.pharmacist };
  let seenAt = at;
  const entries = steps.map((station, index) => {
    const waitingSince = new Date(at);
    at += Math.floor(4 + random() * (station === 'pharmacy' ? 12 : 32)) * MINUTE;
    const begun = new Date(at);
    at += Math.floor(3 + random() * 14) * MINUTE;
    if (station === 'doctor') seenAt = at;
    return {
      ...{
        _id: bulk.idAt(waitingSince),
        visitId,
        patientId,
        patient,
        day,
        token,
        sequence: index + 1,
        station,
      },
      ...{ status: 'done' as const, isOpen: false, priority: 'normal' as const, priorityRank: 1 },
      ...{ waitingSince, queuedAt: waitingSince, startedAt: begun, endedAt: new Date(at), timesRequeued: 0 },
      ...{
        byUserId: by[station].id,
        byName: by[station].name,
        createdAt: startedAt,
        updatedAt: new Date(at),
        __v: 0,
      },
      room: station === 'doctor' ? (doctor?.room ?? 'Consulting room') : ROOMS[station],
      ...(station === 'doctor' ? doctorFacts : {}),
    };
  });
  const visit = {
    ...{
      _id: visitId,
      patientId,
      patient,
      day,
      token,
      status: 'finished' as const,
      priority: 'normal' as const,
    },
    ...{ startedAt, finishedAt: new Date(at), checkedInByName: crew.receptionist.name, firstDay },
    ...(lastDay ? { previousDay: lastDay } : {}),
    ...{ createdAt: startedAt, updatedAt: new Date(at), __v: 0 },
    ...doctorFacts,
  };
  return { visit, entries, leftAt: new Date(Math.max(seenAt + MINUTE, at - 2 * MINUTE)) };
}
