import { Prose } from '@/components/layout/prose';
import type { TextBlock } from '@/lib/markdown';

const OPEN = /(\[\[[^\]]+\]\])/;

/** What is not filled in yet is seen at once. */
const marked = (text: string) =>
  text.split(OPEN).map((part, index) =>
    OPEN.test(part) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, never moved
      <mark key={index} className="rounded bg-warning-soft px-1 text-warning">
        {part.slice(2, -2)}
      </mark>
    ) : (
      part
    ),
  );

/** The text of a legal page. */
export function LegalText({ title, blocks }: { title: string; blocks: readonly TextBlock[] }) {
  return <Prose title={title} blocks={blocks} words={marked} />;
}
