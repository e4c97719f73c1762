import * as appointments from '@/features/frontdesk/appointments/actions';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import * as queue from '@/features/frontdesk/queue/actions';
import { queueEntryModel } from '@/features/frontdesk/queue/model';
import * as rebookings from '@/features/frontdesk/rebookings/actions';
import { revisionOfWeeks } from '@/features/frontdesk/schedules/dto';
import { absenceModel, scheduleModel } from '@/features/frontdesk/schedules/model';
import { listWeeks } from '@/features/frontdesk/schedules/queries';
import { updateStaffProfileAction } from '@/features/identity/staff/actions';
import { profileOf } from '@/features/identity/staff/dto';
import { staffModel } from '@/features/identity/staff/model';
import * as allergies from '@/features/patients/allergies/actions';
import { allergyModel } from '@/features/patients/allergies/model';
import * as files from '@/features/patients/files/actions';
import * as histories from '@/features/patients/histories/actions';
import * as patients from '@/features/patients/patients/actions';
import { patientModel } from '@/features/patients/patients/model';
import { objectId } from '@/lib/mongo';
import { revisionOf } from '@/lib/revision';
import { shiftDay, today } from '@/lib/time';
import { aFile, ctx, type Fields, idOf, patientId, type Step, scene, tomorrow, visitId } from './scene';

const person = {
  firstName: 'Asha',
  lastName: 'Rao',
  phone: '98450 12345',
  dateOfBirth: '1990-01-01',
  sex: 'female',
};

const entryId = async () => idOf(await queueEntryModel(ctx()).findOne({ isOpen: true }).lean());

const booked = async (status: 'booked' | 'no-show' = 'booked') =>
  idOf(await appointmentModel(ctx()).findOne({ status }).sort({ startsAt: -1 }).lean());

const slot = (time: string) => ({ doctorId: scene.doctorId, date: tomorrow(), time, durationMinutes: '15' });

/** An appointment that has begun, for somebody who does not come. */
async function lateAppointment(): Promise<Fields> {
  const now = new Date();
  const row = await patientModel(ctx()).findOne().orFail().lean();
  await appointmentModel(ctx()).create({
    patientId: row._id,
    patientName: 'Asha Rao',
    patientNumber: row.number,
    doctorId: objectId(scene.doctorId),
    doctorName: 'Dr Asha Rao',
    startsAt: new Date(now.getTime() - 3_600_000),
    endsAt: new Date(now.getTime() - 1_800_000),
    day: today(ctx().timeZone, now),
    status: 'booked',
    bookedByName: 'Test',
    version: 0,
  });
  return {
    appointmentId: idOf(
      await appointmentModel(ctx()).findOne({ status: 'booked' }).sort({ startsAt: 1 }).lean(),
    ),
  };
}

/** Of a document of which nothing has been said. */
const describedVersion = revisionOf({ kind: 'other', eye: null, takenOn: null, orderedAs: null });

export const MORNING: Step[] = [
  ['a patient is registered', patients.registerPatientAction, () => person],
  [
    'corrected',
    patients.updatePatientAction,
    async () => ({ ...person, firstName: 'Usha', patientId: await patientId(), version: '0' }),
  ],
  [
    'made inactive',
    patients.setPatientActiveAction,
    async () => ({ patientId: await patientId(), isActive: 'no' }),
  ],
  [
    'made active',
    patients.setPatientActiveAction,
    async () => ({ patientId: await patientId(), isActive: 'yes' }),
  ],
  [
    'is said to have died',
    patients.recordDeathAction,
    async () => ({ patientId: await patientId(), deceasedOn: '2020-01-01' }),
  ],
  ['which was a mistake', patients.undoDeathAction, async () => ({ patientId: await patientId() })],
  [
    'an allergy is noted',
    allergies.addAllergyAction,
    async () => ({ patientId: await patientId(), substance: 'Latex' }),
  ],
  ['confirmed', allergies.confirmAllergiesAction, async () => ({ patientId: await patientId() })],
  [
    'and ended',
    allergies.endAllergyAction,
    async () => ({ allergyId: idOf(await allergyModel(ctx()).findOne().lean()), endReason: 'Tested' }),
  ],
  [
    'the history is written',
    histories.saveHistoryAction,
    async () => ({ patientId: await patientId(), version: '0', 'medical1-what': 'Diabetes' }),
  ],
  ['and is as before', histories.confirmHistoryAction, async () => ({ patientId: await patientId() })],
  [
    'a document is described',
    files.describeFileAction,
    async () => ({ ...(await aFile()), version: describedVersion, kind: 'fundus', eye: 'left' }),
  ],
  ['a document is deleted', files.deleteFileAction, () => aFile()],
  [
    'the profile of a doctor is changed',
    updateStaffProfileAction,
    async () => ({
      userId: scene.doctorId,
      room: '4',
      seesPatients: 'on',
      version: revisionOf(profileOf(await staffModel(ctx()).findById(scene.doctorId).orFail().lean())),
    }),
  ],
  [
    'an appointment is booked',
    appointments.bookAppointmentAction,
    async () => ({ patientId: await patientId(), ...slot('10:00') }),
  ],
  [
    'moved',
    appointments.moveAppointmentAction,
    async () => ({ appointmentId: await booked(), version: '0', ...slot('11:00') }),
  ],
  [
    'cancelled',
    appointments.cancelAppointmentAction,
    async () => ({ appointmentId: await booked(), cancelReason: 'Rain' }),
  ],
  ['missed', appointments.markNoShowAction, lateAppointment],
  [
    'not missed after all',
    appointments.undoNoShowAction,
    async () => ({ appointmentId: await booked('no-show') }),
  ],
  ['somebody arrives', queue.checkInAction, async () => ({ patientId: await patientId() })],
  [
    'is urgent',
    queue.changePriorityAction,
    async () => ({ visitId: await visitId(), priority: 'emergency' }),
  ],
  ['is called', queue.callPatientAction, async () => ({ entryId: await entryId(), room: '2' })],
  ['does not answer', queue.requeueAction, async () => ({ entryId: await entryId() })],
  ['is called again', queue.callPatientAction, async () => ({ entryId: await entryId() })],
  ['was called by mistake', queue.undoAction, async () => ({ entryId: await entryId(), status: 'called' })],
  ['begins', queue.startStepAction, async () => ({ entryId: await entryId() })],
  ['is sent on', queue.sendToAction, async () => ({ entryId: await entryId(), to: 'dilation' })],
];

export const EVENING: Step[] = [
  ['begins to wait for the drops', queue.startStepAction, async () => ({ entryId: await entryId() })],
  ['has finished a step', queue.completeStepAction, async () => ({ entryId: await entryId() })],
  ['leaves', queue.leaveQueueAction, async () => ({ visitId: await visitId(), reason: 'Went home' })],
  ['comes back', queue.reopenVisitAction, async () => ({ visitId: await visitId() })],
];

export const HOURS: Step[] = [
  [
    'hours of a doctor are set',
    rebookings.saveScheduleAction,
    async () => ({
      ...{ doctorId: scene.doctorId, fromDay: shiftDay(tomorrow(), 30), hours1: '9-12' },
      ...{ slotMinutes: '15', capacity: '1', walkInPercent: '0' },
      version: revisionOfWeeks(await listWeeks(ctx(), [scene.doctorId])),
    }),
  ],
  [
    'and deleted',
    rebookings.deleteScheduleAction,
    async () => ({ scheduleId: idOf(await scheduleModel(ctx()).findOne().lean()) }),
  ],
  [
    'leave is entered',
    rebookings.addAbsenceAction,
    () => ({ doctorId: scene.doctorId, fromDay: shiftDay(tomorrow(), 30), toDay: shiftDay(tomorrow(), 31) }),
  ],
  [
    'and deleted',
    rebookings.deleteAbsenceAction,
    async () => ({ absenceId: idOf(await absenceModel(ctx()).findOne().lean()) }),
  ],
];
