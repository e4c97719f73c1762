import type { RoleChoice } from '@/features/identity/access/lookup';
import { readCsv } from '@/lib/csv';
import { inviteStaffInput, MOST_INVITED } from './schema';

/** A line of a pasted list: whom it invites, or what is wrong with it. */
export type InviteLine = {
  /** As people count. */
  line: number;
  name: string;
  email: string;
  /** What a form would post; empty where no role was understood. */
  role: string;
  roleLabel: string;
  problem: string | null;
};

const folded = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Words that lists have for a role. */
const ALSO: Readonly<Record<string, string>> = {
  admin: 'admin',
  reception: 'receptionist',
  'front desk': 'receptionist',
  physician: 'doctor',
  ophthalmologist: 'doctor',
  optometry: 'optometrist',
  pharmacy: 'pharmacist',
  billing: 'cashier',
};

function cellsOf(text: string): { line: number; cells: string[] }[] {
  const separator = text.includes('\t') ? '\t' : text.includes(';') ? ';' : null;
  if (!separator) return readCsv(text);
  return text
    .split(/\r?\n/)
    .map((row, index) => ({ line: index + 1, cells: row.split(separator) }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
}

/**
 * Name, e-mail and role of each line, in any order; between them commas, semicolons or tabs. A line of
 * headings is passed over.
 */
export function readInviteList(text: string, roles: readonly RoleChoice[]): InviteLine[] {
  const seen = new Map<string, number>();
  const rows = cellsOf(text).map(({ line, cells }) => ({ line, cells: cells.map((cell) => cell.trim()) }));
  const [first, ...rest] = rows;
  const isHeading = first && !first.cells.some((cell) => cell.includes('@')) && rest.length > 0;
  const isNamed = first?.cells.some((cell) => /^(work )?e-?mail( address)?$/i.test(cell));
  return (isHeading && isNamed ? rest : rows).map(({ line, cells }, index) => {
    const known = readLine(cells, roles);
    const key = known.email.toLowerCase();
    const before = seen.get(key);
    if (key && before === undefined) seen.set(key, line);
    const problem =
      index >= MOST_INVITED
        ? `At most ${MOST_INVITED} at once. Send these first, then the others.`
        : key && before !== undefined
          ? `The same address as on line ${before}.`
          : problemOf(known);
    return { line, ...known, problem };
  });
}

type Known = Pick<InviteLine, 'name' | 'email' | 'role' | 'roleLabel'> & { written: string };

function readLine(cells: readonly string[], roles: readonly RoleChoice[]): Known {
  const emailAt = cells.findIndex((cell) => cell.includes('@'));
  const roleOf = (cell: string): RoleChoice | undefined => {
    const words = folded(cell);
    return roles.find(
      ({ value, label }) =>
        words !== '' &&
        [value, folded(label), ALSO[words]].some((one, at) => (at === 2 ? one === value : one === words)),
    );
  };
  const roleAt = cells.findIndex((cell, at) => at !== emailAt && roleOf(cell) !== undefined);
  const others = cells.filter((cell, at) => at !== emailAt && at !== roleAt && cell !== '');
  const role = roleOf(cells[roleAt] ?? '');
  const [name = '', ...left] = others;
  return {
    name,
    email: cells[emailAt] ?? '',
    role: role?.value ?? '',
    roleLabel: role?.label ?? '',
    written: role ? '' : left.join(' '),
  };
}

function problemOf({ name, email, role, written }: Known): string | null {
  if (!email) return 'There is no e-mail address on this line.';
  if (!role)
    return written ? `“${written}” is no role here.` : 'There is no role on this line, such as Doctor.';
  if (role === 'owner') return 'An owner is invited alone, with your password.';
  const checked = inviteStaffInput.safeParse({ name, email, role });
  return checked.success ? null : (checked.error.issues[0]?.message ?? 'This line is not understood.');
}
