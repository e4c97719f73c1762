import type { ReactNode } from 'react';
import type { TextBlock, TextSpan } from '@/lib/markdown';
import { Kbd } from '../ui/kbd';
import { ScrollRegion } from '../ui/scroll-region';

type Shown = {
  /** Names what is wider than the page. */
  title: string;
  blocks: readonly TextBlock[];
  /** How plain words are shown. */
  words?: (text: string) => ReactNode;
  picture?: (picture: { name: string; alt: string }) => ReactNode;
};

/** A text of content/: headings, paragraphs, lists, tables and pictures. */
export function Prose({ blocks, ...how }: Shown) {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, never moved
    <Part key={index} block={block} {...how} />
  ));
}

type Words = Shown['words'];

function Spans({ spans, words = (text) => text }: { spans: readonly TextSpan[]; words?: Words }) {
  return spans.map(({ text, isBold, isKey, href }, index) => {
    const key = `${index}${text}`;
    if (href)
      return (
        <a key={key} href={href} className="text-accent underline underline-offset-2">
          {text}
        </a>
      );
    if (isKey) return <Kbd key={key}>{text}</Kbd>;
    return isBold ? <strong key={key}>{words(text)}</strong> : <span key={key}>{words(text)}</span>;
  });
}

function Part({ block, title, words, picture }: Omit<Shown, 'blocks'> & { block: TextBlock }) {
  const spans = (of: readonly TextSpan[]) => <Spans spans={of} {...(words ? { words } : {})} />;
  switch (block.kind) {
    case 'heading':
      return <h2 className="mt-9 mb-2 font-semibold text-xl">{block.text}</h2>;
    case 'text':
      return <p className="my-3 leading-relaxed">{spans(block.spans)}</p>;
    case 'list': {
      const List = block.isOrdered ? 'ol' : 'ul';
      return (
        <List
          className={`my-3 space-y-1.5 leading-relaxed ${block.isOrdered ? 'list-decimal pl-6' : 'list-disc pl-5'}`}
        >
          {block.items.map((item) => (
            <li key={item.map(({ text }) => text).join('')}>{spans(item)}</li>
          ))}
        </List>
      );
    }
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
                  className="border-border border-t"
                >
                  {row.map((cell, at) => (
                    <td key={block.columns[at]} className="px-3 py-2 align-top">
                      {spans(cell)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      );
    case 'picture':
      return picture ? picture(block) : null;
  }
}
