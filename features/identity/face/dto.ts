import 'server-only';

type Row = {
  name: string;
  secondName?: string | null;
  lines: string[];
  logo?: string | null;
  slug?: string | null;
  isOpen?: boolean | null;
  fromName?: string | null;
  replyTo?: string | null;
};

/** What a stranger sees. */
export const toFace = ({ name, secondName, lines, logo }: Row) => ({
  name,
  secondName: secondName ?? '',
  lines: [...lines],
  logo: logo ?? '',
});
export type Face = ReturnType<typeof toFace>;

/** What its form shows. */
export const faceFormOf = (row: Omit<Row, 'name' | 'lines'> | null) => ({
  slug: row?.slug ?? '',
  isOpen: row?.isOpen ?? false,
  fromName: row?.fromName ?? '',
  replyTo: row?.replyTo ?? '',
});
export type FaceForm = ReturnType<typeof faceFormOf>;
