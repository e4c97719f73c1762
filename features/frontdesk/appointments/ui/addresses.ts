import { paths } from '@/lib/paths';

type Query = {
  date?: string | undefined;
  doctor?: string | undefined;
  status?: string | undefined;
  view?: 'day' | 'list' | undefined;
  sort?: string | undefined;
  after?: string | undefined;
  before?: string | undefined;
};

/** An address of the appointments page; what is left out has its default. */
export function appointmentsHref(query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value && !(name === 'view' && value === 'day') && !(name === 'sort' && value === 'time'))
      params.set(name, value);
  }
  const text = params.toString();
  return text ? `${paths.appointments}?${text}` : paths.appointments;
}

export function newAppointmentHref(query: {
  doctorId?: string;
  date?: string;
  time?: string;
  patientId?: string;
}): string {
  const text = new URLSearchParams(query).toString();
  return text ? `${paths.newAppointment}?${text}` : paths.newAppointment;
}

export const slipHref = (id: string): string => `${paths.appointments}/${id}/slip`;

export const checkInHref = ({ id, patientId }: { id: string; patientId: string }): string =>
  `${paths.queue}?${new URLSearchParams({ checkIn: patientId, appointment: id })}`;
