import type { TextBlock, TextSpan } from '@/lib/markdown';
import { DEFAULT_MARGINS, type PaperBlock, type PaperDocument } from '@/lib/paper';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, formatInstant } from '@/lib/time';
import type { Copy } from './queries';

const words = (spans: readonly TextSpan[]): string => spans.map(({ text }) => text).join('');

function blockOf(block: TextBlock): PaperBlock[] {
  switch (block.kind) {
    case 'heading':
      return [{ kind: 'heading', text: block.text }];
    case 'text':
      return [{ kind: 'text', text: words(block.spans) }];
    case 'list':
      return block.items.map((item) => ({ kind: 'text', text: `•  ${words(item)}` }));
    case 'table':
      return [{ kind: 'table', columns: block.columns, rows: block.rows.map((row) => row.map(words)) }];
    case 'picture':
      return [];
  }
}

/** What an owner files away: the text, and who accepted it for the organization. */
export function agreementPaper(
  { organization, timeZone, actor }: TenantContext,
  { document, accepted }: Copy,
  now = new Date(),
): PaperDocument {
  return {
    title: document.title,
    size: 'A4',
    head: { name: 'Chakravue', lines: [document.title, `Version of ${formatDay(document.version)}`] },
    margins: DEFAULT_MARGINS,
    patient: organization.name,
    day: formatDay(document.version),
    blocks: [
      ...document.blocks.flatMap(blockOf),
      { kind: 'heading', text: 'Accepted' },
      {
        kind: 'facts',
        facts: [
          { label: 'For', value: organization.name },
          { label: 'By', value: `${accepted.name}, ${accepted.email}` },
          { label: 'On', value: formatInstant(new Date(accepted.acceptedAt), timeZone) },
          { label: 'From', value: accepted.ip },
          { label: 'SHA-256 of the text', value: document.sha256 },
        ],
      },
    ],
    printed: `Printed by ${actor.name}, ${formatInstant(now, timeZone)}.`,
    language: 'en',
  };
}
