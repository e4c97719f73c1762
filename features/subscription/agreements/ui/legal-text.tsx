import { ScrollRegion } from '@/components/ui/scroll-region';
import type { Block, LegalSpan } from '../documents';

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

function Words({ text, isBold, href }: LegalSpan) {
  if (href)
    return (
      <a href={href} className="text-accent underline underline-offset-2">
        {text}
      </a>
    );
  return isBold ? <strong>{marked(text)}</strong> : marked(text);
}

function Spans({ spans }: { spans: readonly LegalSpan[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: spans of one text, never moved
  return spans.map((span, index) => <Words key={index} {...span} />);
}

/** The text of a legal page. */
export function LegalText({ title, blocks }: { title: string; blocks: readonly Block[] }) {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, never moved
    <Part key={index} title={title} block={block} />
  ));
}

function Part({ title, block }: { title: string; block: Block }) {
  switch (block.kind) {
    case 'heading':
      return <h2 className="mt-9 mb-2 text-xl font-semibold">{block.text}</h2>;
    case 'text':
      return (
        <p className="my-3 leading-relaxed">
          <Spans spans={block.spans} />
        </p>
      );
    case 'list':
      return (
        <ul className="my-3 list-disc space-y-1.5 pl-5 leading-relaxed">
          {block.items.map((item) => (
            <li key={item.map(({ text }) => text).join('')}>
              <Spans spans={item} />
            </li>
          ))}
        </ul>
      );
    case 'table':
      return (
        <ScrollRegion aria-label={title} className="my-4 rounded-lg border border-border">
          <table className="w-full min-w-md text-left">
            <thead className="bg-surface-sunken text-[13px] text-text-muted">
              <tr>
                {block.columns.map((column) => (
                  <th key={column} className="px-3 py-2 font-medium">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row) => (
                <tr
                  key={row
                    .flat()
                    .map(({ text }) => text)
                    .join('|')}
                  className="border-t border-border"
                >
                  {row.map((cell, at) => (
                    <td key={block.columns[at]} className="px-3 py-2 align-top">
                      <Spans spans={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      );
  }
}
