import type { Permission } from '@/lib/auth/permissions';
import type { StaffRole } from '@/lib/master/vocabulary';
import { paths } from '@/lib/paths';
import type { NavigationItem, NavigationSection } from './navigation';

type Entry = NavigationItem & { permission: Permission };

const SECTIONS: { label?: string; items: Entry[] }[] = [
  {
    items: [
      { href: paths.today, label: 'Today', icon: 'today', permission: 'today:read' },
      { href: paths.patients, label: 'Patients', icon: 'patients', permission: 'patients:read' },
      {
        href: paths.appointments,
        label: 'Appointments',
        icon: 'appointments',
        permission: 'appointments:read',
      },
      { href: paths.queue, label: 'Queue', icon: 'queue', exact: true, permission: 'queue:read' },
      { href: paths.queueBoard, label: 'Waiting room board', icon: 'board', permission: 'queue:read' },
      { href: paths.cashier, label: 'Cashier', icon: 'cashier', permission: 'bills:read' },
      { href: paths.pharmacy, label: 'Pharmacy', icon: 'pharmacy', permission: 'dispenses:read' },
      { href: paths.medicines, label: 'Medicines', icon: 'medicines', permission: 'medicines:read' },
      { href: paths.purchases, label: 'Purchases', icon: 'purchases', permission: 'purchases:read' },
      { href: paths.reports, label: 'Reports', icon: 'reports', permission: 'reports:read' },
    ],
  },
  {
    label: 'Organization',
    items: [
      { href: paths.staff, label: 'Staff', icon: 'staff', permission: 'staff:read' },
      { href: paths.billing, label: 'Billing', icon: 'billing', permission: 'billing:read' },
      { href: paths.audit, label: 'Audit log', icon: 'audit', permission: 'audit:read' },
      { href: paths.settings, label: 'Settings', icon: 'settings', permission: 'settings:read' },
      { href: paths.support, label: 'Support', icon: 'support', permission: 'support:read' },
    ],
  },
];

const ACTIONS: Entry[] = [
  { href: paths.newPatient, label: 'Register patient', icon: 'register', permission: 'patients:write' },
  { href: paths.newAppointment, label: 'Book appointment', icon: 'book', permission: 'appointments:write' },
];

/** The four places that each role goes to most. */
const MOST_USED: Record<StaffRole, readonly string[]> = {
  owner: [paths.today, paths.appointments, paths.queue, paths.patients],
  admin: [paths.today, paths.appointments, paths.queue, paths.staff],
  doctor: [paths.today, paths.queue, paths.appointments, paths.patients],
  optometrist: [paths.queue, paths.patients, paths.today, paths.appointments],
  receptionist: [paths.queue, paths.appointments, paths.patients, paths.today],
  cashier: [paths.cashier, paths.queue, paths.patients, paths.today],
  pharmacist: [paths.pharmacy, paths.medicines, paths.queue, paths.patients],
};

const plain = ({ permission: _, ...item }: Entry): NavigationItem => item;

/** What somebody sees at the side, at the bottom of a phone, and in the palette. */
export function clinicNavigation(
  role: StaffRole,
  may: (permission: Permission) => boolean,
): {
  sections: NavigationSection[];
  mobile: NavigationItem[];
  actions: NavigationItem[];
} {
  const allowed = (entry: Entry) => may(entry.permission);
  const sections = SECTIONS.map(({ items, ...section }) => ({
    ...section,
    items: items.filter(allowed).map(plain),
  }));
  const all = sections.flatMap(({ items }) => items);
  return {
    sections: sections.filter(({ items }) => items.length > 0),
    mobile: MOST_USED[role].flatMap((href) => all.find((item) => item.href === href) ?? []),
    actions: ACTIONS.filter(allowed).map(plain),
  };
}
