import { freeTimes } from '@/features/frontdesk/appointments/queries';
import type { QueueEntry } from '@/features/frontdesk/queue/dto';
import { listQueue } from '@/features/frontdesk/queue/queries';
import { callPatient } from '@/features/frontdesk/queue/service/call-patient';
import { completeStep } from '@/features/frontdesk/queue/service/complete-step';
import { startStep } from '@/features/frontdesk/queue/service/start-step';
import { EVERYBODY } from '@/features/frontdesk/schedules/policy';
import { saveFace } from '@/features/identity/face/service';
import { USUAL_PAPERS } from '@/features/identity/papers/policy';
import { faceOf } from '@/features/identity/papers/queries';
import { letterheadInput } from '@/features/identity/papers/schema';
import { saveLetterhead } from '@/features/identity/papers/service';
import { listDoctors } from '@/features/identity/staff/directory';
import { staffModel } from '@/features/identity/staff/model';
import { addAllergy, confirmAllergies } from '@/features/patients/allergies/service';
import { searchMedicines } from '@/features/pharmacy/medicines/queries';
import { STARTER_FORMULARY, starterFacts } from '@/features/pharmacy/medicines/starter-formulary';
import { assess, measure } from '@/features/record/examinations/service';
import { addStarterSets } from '@/features/record/prescriptions/service/sets';
import { setPutAway } from '@/features/support/onboarding/service';
import { isAppError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { anAppointment } from '@/tests/builders/appointment';
import { aBatch, aMedicine } from '@/tests/builders/medicine';
import { aPatient } from '@/tests/builders/patient';
import { aLine, aPrescription, aRegistration } from '@/tests/builders/prescription';
import { anAbsence, aSchedule } from '@/tests/builders/schedule';
import { aVisit } from '@/tests/builders/visit';
import { assessmentOf } from '../pilot/history/assessed';
import { randomOf } from '../pilot/history/chance';
import { measurementsOf } from '../pilot/history/measured';
import { medicinePrice } from '../pilot/history/medicine-prices';
import { storyOf } from '../pilot/history/stories';
import { seedBillSettings, seedBills, seedPriceList } from './cashier';
import { seedHistory } from './history';
import type { Hospital } from './hospitals';

const REASONS = [
  'Blurred vision',
  'Red eye',
  'Glaucoma check',
  'Cataract review',
  'New glasses',
  'Diabetic eye check',
  'After surgery',
  'Headache',
];

/**
 * Two years of work, and today's patients, appointments, queue and stock through the product's own services.
 * @returns what was made of the past, in a sentence
 */
export async function seedClinic(ctx: TenantContext, hospital: Hospital): Promise<string | null> {
  await seedFace(ctx, hospital);
  await seedBillSettings(ctx);
  const medicines = await seedMedicines(ctx);
  await seedPrescribers(ctx);
  const history = await seedHistory(ctx, hospital);
  await seedPriceList(ctx);
  const patientIds = await seedPatients(ctx, hospital);
  await seedStock(ctx, medicines);
  await seedSchedules(ctx);
  await seedAppointments(ctx, patientIds);
  await seedQueue(ctx, patientIds);
  await seedBills(ctx);
  // Who has been at work for two years has put the list of the first days away.
  await setPutAway(ctx, true);
  return history;
}

/** An eye in a ring, in the colour of the hospital. */
const logoOf = (colour: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="240" height="240"><circle cx="48" cy="48" r="45" fill="none" stroke="${colour}" stroke-width="5"/><path d="M12 48c10-16 22-24 36-24s26 8 36 24c-10 16-22 24-36 24s-26-8-36-24z" fill="none" stroke="${colour}" stroke-width="5"/><circle cx="48" cy="48" r="12" fill="${colour}"/></svg>`;

/** The letterhead, and a sign-in page that shows it; a template has neither, for its copies. */
async function seedFace(ctx: TenantContext, { name, phone, country, face }: Hospital): Promise<void> {
  if (!face) return;
  const { slug, ...texts } = face;
  const logo = Buffer.from(logoOf(country === 'IN' ? '#9a3412' : '#0f5f6f')).toString('base64');
  const input = letterheadInput.omit({ version: true }).parse({
    ...{ name, phone, logo, ...texts, size: 'A4', top: '12', bottom: '12', side: '14' },
    visitPapers: [...USUAL_PAPERS],
  });
  const letterhead = await saveLetterhead(ctx, input);
  await saveFace(ctx, { slug, isOpen: true, fromName: undefined, replyTo: undefined }, faceOf(letterhead));
}

async function seedPatients(ctx: TenantContext, { people }: Hospital): Promise<string[]> {
  const ids: string[] = [];
  let index = 0;
  for (const lastName of people.lastNames) {
    for (const firstName of people.firstNames.filter((_, at) => (at + index) % 3 === 0)) {
      index++;
      const patient = await aPatient(ctx, {
        firstName,
        lastName,
        phone: `${people.phonePrefix} ${String(10_000 + index * 137).slice(-5)}`,
        dateOfBirth: `${1938 + ((index * 7) % 80)}-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + ((index * 5) % 28)).padStart(2, '0')}`,
        sex: people.firstNames.indexOf(firstName) % 2 === 0 ? 'female' : 'male',
        city: people.cities[index % people.cities.length],
        ...(index % 9 === 4 ? { flags: ['hard-of-hearing'] } : {}),
        ...(index % 11 === 5 ? { flags: ['blood-thinner'] } : {}),
      });
      await seedAllergies(ctx, patient.id, index);
      ids.push(patient.id);
    }
  }
  return ids;
}

const ALLERGIES = [
  { substance: 'Penicillins', reaction: 'Rash', severity: 'moderate' as const, since: '2009' },
  {
    substance: 'Sulfonamides',
    reaction: 'Swelling of the face',
    severity: 'severe' as const,
    since: undefined,
  },
  {
    substance: 'Benzalkonium chloride',
    reaction: 'Red, burning eyes',
    severity: 'mild' as const,
    since: undefined,
  },
];

/** Of ten people two have an allergy and five were asked and have none. */
async function seedAllergies(ctx: TenantContext, patientId: string, index: number): Promise<void> {
  const allergy = index % 5 === 2 ? ALLERGIES[index % ALLERGIES.length] : undefined;
  if (allergy) await addAllergy(ctx, { patientId, ...allergy });
  else if (index % 2 === 0) await confirmAllergies(ctx, { patientId });
}

type Formulary = { id: string; reorderLevel: number }[];

async function seedMedicines(ctx: TenantContext): Promise<Formulary> {
  const medicines: Formulary = [];
  for (const entry of STARTER_FORMULARY)
    medicines.push(
      await aMedicine(ctx, {
        ...starterFacts(entry, ctx.organization.country),
        reorderLevel: String(entry.reorderLevel),
        price: medicinePrice(entry.name, ctx.organization.country),
      }),
    );
  return medicines;
}

async function seedStock(ctx: TenantContext, medicines: Formulary): Promise<void> {
  for (const [index, entry] of medicines.entries()) {
    // Most are well stocked; some are low, some expire soon, a few are out.
    if (index % 9 === 4) continue;
    const quantity = index % 5 === 2 ? Math.max(1, entry.reorderLevel - 3) : entry.reorderLevel * 3 + index;
    const inDays = index % 6 === 3 ? 25 + index : 200 + index * 11;
    await aBatch(ctx, { medicineId: entry.id, lotNumber: `L${2_600 + index}`, inDays, quantity });
  }
}

/** Who sees patients may sign: each has a registration number. */
async function seedPrescribers(ctx: TenantContext): Promise<void> {
  for (const [index, { id }] of (await listDoctors(ctx)).entries())
    await staffModel(ctx).updateOne(
      { _id: objectId(id) },
      { $set: { registrationNumber: `RMC ${41_250 + index * 613}` } },
    );
  if (ctx.actor.kind === 'staff') await aRegistration(ctx, 'RMC 38811');
  await addStarterSets(ctx);
}

async function seedAppointments(ctx: TenantContext, patientIds: readonly string[]): Promise<void> {
  const doctors = await listDoctors(ctx);
  let next = 0;
  for (const offset of [0, 1, 2]) {
    const day = shiftDay(today(ctx.timeZone), offset);
    for (const doctor of doctors) {
      const times = await freeTimes(ctx, { doctorId: doctor.id, day, durationMinutes: 15 });
      for (const time of times.filter((_, index) => index % 4 === 0).slice(0, 7 - offset * 2)) {
        const patientId = patientIds[next++ % patientIds.length] ?? '';
        const reason = REASONS[next % REASONS.length] ?? '';
        await anAppointment(ctx, { patientId, doctorId: doctor.id, date: day, time, reason });
      }
    }
  }
}

/**
 * Hours that hold what is booked, with leave and a holiday in the weeks to come. Every day has hours, so that
 * the demonstration works on any of them.
 */
async function seedSchedules(ctx: TenantContext): Promise<void> {
  const doctors = await listDoctors(ctx);
  const day = today(ctx.timeZone);
  for (const [index, { id }] of doctors.entries())
    await aSchedule(ctx, id, {
      ...{ fromDay: shiftDay(day, -30), hours: '09:00-17:00', walkInPercent: '10' },
      isSeen: true,
      ...(index === 1 ? { breaks: '13:00-13:30', capacity: '2' } : {}),
    });
  const [, second] = doctors;
  if (second)
    await anAbsence(ctx, {
      ...{ doctorId: second.id, fromDay: shiftDay(day, 10), toDay: shiftDay(day, 12), reason: 'Conference' },
      isSeen: true,
    });
  const isIndian = ctx.organization.country === 'IN';
  const year = Number(day.slice(0, 4)) + (day.slice(5) < '01-26' ? 0 : 1);
  await anAbsence(ctx, {
    ...{ doctorId: EVERYBODY, fromDay: isIndian ? `${year}-01-26` : `${year}-07-04` },
    reason: isIndian ? 'Republic Day' : 'Independence Day',
    isSeen: true,
  });
}

/** A queue in the middle of a morning: some wait, some are with somebody, some have gone on. */
async function seedQueue(ctx: TenantContext, patientIds: readonly string[]): Promise<void> {
  const doctors = await listDoctors(ctx);
  const waiting = patientIds.slice(-11);
  for (const [index, patientId] of waiting.entries()) {
    const priority = index === 6 ? 'urgent' : 'normal';
    const doctorId = doctors[index % doctors.length]?.id ?? '';
    await aVisit(ctx, { patientId, doctorId, priority });
  }
  for (let round = 0; round < 3; round++) {
    const { entries } = await listQueue(ctx);
    for (const entry of entries.slice(0, 7 - round * 2)) {
      await startStep(ctx, entry.id);
      await examine(ctx, entry);
      await completeStep(ctx, entry.id);
    }
  }
  const { entries } = await listQueue(ctx);
  const called = entries.find(({ status }) => status === 'waiting');
  if (called) await callPatient(ctx, { entryId: called.id, room: 'Room 1' });
}

/** What is written at the station before the patient goes on. */
export async function examine(
  ctx: TenantContext,
  { visitId, station, dateOfBirth, token }: QueueEntry,
): Promise<void> {
  const random = randomOf(token);
  const age = Number(today(ctx.timeZone).slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  const story = storyOf(age, random);
  const first = { visitId, version: 0, reason: undefined };
  if (station === 'optometry') await measure(ctx, { ...first, measurements: measurementsOf(story, random) });
  if (station !== 'doctor') return;
  await assess(ctx, { ...first, assessment: assessmentOf(story) });
  await prescribe(ctx, visitId, token);
}

/** What patients leave with: the usual drops, of the formulary, by the doctor who has just signed in. */
async function prescribe(ctx: TenantContext, visitId: string, token: number): Promise<void> {
  const [lubricant] = await searchMedicines(ctx, 'carboxymethylcellulose');
  const [antibiotic] = await searchMedicines(ctx, 'moxifloxacin');
  const eyes = { site: token % 2 === 0 ? 'both' : 'left' };
  const lines = [
    aLine({
      ...eyes,
      ...(lubricant ? { medicineId: lubricant.id } : {}),
      name: 'Carboxymethylcellulose',
      steps: [{ quarters: 4, frequency: 'qid', days: 30 }],
      quantity: 2,
    }),
    ...(token % 3 === 0 ? [aLine({ ...eyes, ...(antibiotic ? { medicineId: antibiotic.id } : {}) })] : []),
  ];
  await aPrescription(ctx, { visitId, lines }).catch((error: unknown) => {
    // Somebody who is allergic to what all others get goes without.
    if (!isAppError(error)) throw error;
  });
}
