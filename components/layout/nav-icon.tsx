import { Icon, type LucideName } from '@/components/ui/icon';

const ICONS = {
  activity: 'activity',
  announcements: 'megaphone',
  appointments: 'calendar-days',
  audit: 'scroll-text',
  billing: 'credit-card',
  feedback: 'message-square',
  board: 'monitor',
  book: 'calendar-plus',
  cashier: 'banknote',
  databases: 'database',
  events: 'webhook',
  file: 'file-text',
  home: 'house',
  medicines: 'pill',
  organizations: 'building-complex',
  overview: 'layout-dashboard',
  patients: 'users-round',
  person: 'user-round',
  pharmacy: 'package',
  purchases: 'truck',
  queue: 'list-ordered',
  register: 'user-plus',
  reports: 'chart-column',
  revenue: 'chart-line',
  search: 'search',
  security: 'shield-check',
  settings: 'settings',
  staff: 'users',
  support: 'life-buoy',
  tickets: 'ticket',
  today: 'house',
  usage: 'gauge',
  visits: 'stethoscope',
} satisfies Record<string, LucideName>;

/** Icons by what they lead to: a navigation is plain data, and only data passes from server to browser. */
export type IconName = keyof typeof ICONS;

export function NavIcon({ name, className }: { name: IconName; className?: string }) {
  return <Icon of={ICONS[name]} className={className} />;
}
