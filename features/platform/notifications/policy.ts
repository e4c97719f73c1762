import { type PlatformPermission, platformCan } from '@/lib/auth/platform-permissions';
import type { PlatformRole } from '@/lib/master/vocabulary';

/** How one of the company's people wants to hear of a kind of thing. */
export const NOTICE_CHOICES = ['at-once', 'daily', 'product', 'off'] as const;
export type NoticeChoice = (typeof NOTICE_CHOICES)[number];

/** What the company is told of by role. */
export const ROLE_KINDS = [
  'ticket',
  'request',
  'stuck',
  'payment',
  'dispute',
  'cell',
  'backup',
  'service-level',
] as const;
export type RoleKind = (typeof ROLE_KINDS)[number];

/** With what is one person's alone: a colleague has named them, which was also mailed there and then. */
export const NOTICE_KINDS = [...ROLE_KINDS, 'mention'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

type KindRow = { label: string; permission: PlatformPermission; choice: NoticeChoice };

/** What the company is told of, whom it concerns by what they may do about it, and how unless they choose. */
export const NOTICE_TABLE: Record<RoleKind, KindRow> = {
  ticket: { label: 'A new ticket', permission: 'tickets:write', choice: 'at-once' },
  request: { label: 'Somebody asks for an Enterprise offer', permission: 'quotes:write', choice: 'at-once' },
  stuck: { label: 'A set-up is stuck', permission: 'databases:write', choice: 'at-once' },
  payment: { label: 'A payment has failed', permission: 'refunds:write', choice: 'daily' },
  dispute: { label: 'A payment is disputed', permission: 'refunds:write', choice: 'at-once' },
  cell: { label: 'A cell is filling up', permission: 'databases:write', choice: 'daily' },
  backup: { label: 'A backup is overdue', permission: 'databases:write', choice: 'daily' },
  'service-level': {
    label: 'A promised service level was missed',
    permission: 'terms:write',
    choice: 'daily',
  },
};

/** A kind in words. */
export const kindLabel = (kind: NoticeKind): string =>
  kind === 'mention' ? 'A note names you' : NOTICE_TABLE[kind].label;

export type NoticeChoices = Partial<Record<RoleKind, NoticeChoice>>;

/** What a person of a role hears of, and how. */
export const choicesOf = (
  role: PlatformRole,
  chosen: NoticeChoices,
): { kind: RoleKind; choice: NoticeChoice }[] =>
  ROLE_KINDS.filter((kind) => platformCan(role, NOTICE_TABLE[kind].permission)).map((kind) => ({
    kind,
    choice: chosen[kind] ?? NOTICE_TABLE[kind].choice,
  }));

/** The kinds that stand behind the bell; who is named always hears of it. */
export const shownKinds = (role: PlatformRole, chosen: NoticeChoices): NoticeKind[] => [
  ...choicesOf(role, chosen)
    .filter(({ choice }) => choice !== 'off')
    .map(({ kind }) => kind),
  'mention',
];

export type NoticeEntry = {
  id: string;
  kind: NoticeKind;
  title: string;
  detail: string | null;
  href: string;
  at: string;
  isNew: boolean;
};
