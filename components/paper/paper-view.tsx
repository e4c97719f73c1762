import { renderSVG } from 'uqr';
import { Icon } from '@/components/ui/icon';
import type { PaperBlock, PaperDocument, PaperItem } from '@/lib/paper';
import { Drawings } from './drawings';

/** A paper on the page, as the PDF shows it: the preview, and what a screen reader reads. */
export function PaperView({ paper }: { paper: PaperDocument }) {
  const { head, title, patient, day, mark, blocks, printed, size } = paper;
  return (
    <article
      aria-label={title}
      className={`mx-auto grid w-full gap-4 rounded-lg border border-border bg-surface-raised p-6 shadow-raised sm:p-8 ${size === 'A4' ? 'max-w-3xl' : size === 'A5' ? 'max-w-xl' : 'max-w-xs text-center'}`}
    >
      {head ? (
        <header className="flex items-start gap-4 border-accent border-b pb-4">
          {head.logo ? (
            // biome-ignore lint/performance/noImgElement: a small picture that is part of the page
            <img src={`data:image/png;base64,${head.logo}`} alt="" className="size-12 object-contain" />
          ) : null}
          <div className="min-w-0">
            <p className="font-semibold text-lg text-text">{head.name}</p>
            {head.secondName ? <p className="text-text">{head.secondName}</p> : null}
            {keyed(head.lines).map(({ key, one: line }) => (
              <p key={key} className="text-[0.8125rem] text-text-muted">
                {line}
              </p>
            ))}
          </div>
        </header>
      ) : (
        <p className="border-border border-b pb-4 text-[0.8125rem] text-text-subtle">
          Printed on the hospital’s own paper
        </p>
      )}
      <div className="border-border border-b pb-3">
        <p className="flex items-baseline justify-between gap-3 font-semibold text-base text-text">
          {title}
          {mark ? <span className="text-danger">{mark}</span> : null}
        </p>
        <p className="font-medium text-text">{patient}</p>
        <p className="text-[0.8125rem] text-text-muted">{day}</p>
      </div>
      <PaperBlocks blocks={blocks} language={paper.language} />
      <p className="border-border border-t pt-3 text-text-subtle text-xs">
        {[head?.footer, printed].filter(Boolean).join(' ')}
      </p>
    </article>
  );
}

/** What a paper says, without its head and foot. */
export const PaperBlocks = ({
  blocks,
  language = 'en',
}: {
  blocks: readonly PaperBlock[];
  language?: string;
}) => (
  <div className="grid gap-4">
    {blocks.map((block, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a paper never move
      <Block key={index} block={block} language={language} />
    ))}
  </div>
);

/** Texts with keys of their own, also where two of them are the same. */
function keyed<T>(list: readonly T[], textOf: (one: T) => string = String): { key: string; one: T }[] {
  const seen = new Map<string, number>();
  return list.map((one) => {
    const text = textOf(one);
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return { key: `${text} ${count}`, one };
  });
}

function Block({ block, language }: { block: PaperBlock; language: string }) {
  switch (block.kind) {
    case 'heading':
      return <h3 className="font-semibold text-accent text-sm">{block.text}</h3>;
    case 'facts':
      return (
        <dl className="grid grid-cols-[7rem_1fr] gap-y-1 text-left text-sm">
          {keyed(block.facts, ({ label }) => label).map(({ key, one: { label, value } }) => (
            <div key={key} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-text-subtle">{label}</dt>
              <dd className="whitespace-pre-line text-text">{value}</dd>
            </div>
          ))}
        </dl>
      );
    case 'items':
      return (
        <ol className="grid gap-4 text-left">
          {block.items.map((item, index) => (
            <Item key={item.title + String(index)} item={item} number={index + 1} language={language} />
          ))}
        </ol>
      );
    case 'table':
      return (
        <table className="w-full text-left text-sm tabular-nums">
          <thead>
            <tr className="border-border border-b text-[0.8125rem] text-text-muted">
              {keyed(block.columns).map(({ key, one: column }) => (
                <th key={key} scope="col" className="py-1 pr-2 font-medium last:pr-0">
                  {column || <span className="sr-only">Eye</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {keyed(block.rows, ([first]) => first ?? '').map(({ key, one: row }) => (
              <tr key={key}>
                {keyed(row).map(({ key, one: cell }, index) => (
                  <td
                    key={key}
                    className={`py-1 pr-2 align-top last:pr-0 ${index === 0 ? 'text-text-muted' : 'font-semibold text-text'}`}
                  >
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'text':
      return (
        <div className="text-sm text-text">
          <p className="whitespace-pre-line">{block.text}</p>
          {block.local ? (
            <p lang={language} className="text-[0.9375rem]">
              {block.local}
            </p>
          ) : null}
        </div>
      );
    case 'big':
      return (
        <p className="text-center">
          <span className="block font-semibold text-6xl text-text tabular-nums">{block.text}</span>
          <span className="text-text-muted">{block.note}</span>
        </p>
      );
    case 'code':
      return (
        <p className="flex items-center gap-3 text-left text-[0.8125rem] text-text-muted">
          {/* biome-ignore lint/performance/noImgElement: a data address, which nothing could make smaller */}
          <img
            src={`data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(block.content, { border: 2 }))}`}
            alt=""
            className="size-24 shrink-0 rounded-md bg-white"
          />
          {block.caption}
        </p>
      );
    case 'drawings':
      return <Drawings drawings={block.drawings} />;
    case 'signature':
      return (
        <div className="pt-6 text-right">
          <p className="font-semibold text-sm text-text">{block.name}</p>
          {keyed(block.lines).map(({ key, one: line }) => (
            <p key={key} className="text-[0.8125rem] text-text-muted">
              {line}
            </p>
          ))}
        </div>
      );
    case 'labels':
      return (
        <ul className="grid gap-3 sm:grid-cols-2">
          {keyed(block.labels, ({ title }) => title).map(({ key, one: label }) => (
            <li key={key} className="rounded-md border border-border p-3 text-left text-sm text-text">
              <p className="font-semibold">{label.head}</p>
              <p className="font-semibold">{label.title}</p>
              {keyed(label.lines).map(({ key, one: line }) => (
                <p key={key} className="text-text-muted">
                  {line}
                </p>
              ))}
              {keyed(label.local ?? []).map(({ key, one: line }) => (
                <p key={key} lang={language}>
                  {line}
                </p>
              ))}
              <p className="text-[0.8125rem] text-text-subtle">{label.foot}</p>
            </li>
          ))}
        </ul>
      );
  }
}

const HOURS = ['sunrise', 'sun', 'sunset', 'moon'] as const;
const HOUR_NAMES = ['Morning', 'Noon', 'Evening', 'Night'] as const;

function Item({ item, number, language }: { item: PaperItem; number: number; language: string }) {
  return (
    <li className="grid grid-cols-[1.5rem_1fr] text-sm">
      <span className="font-semibold text-text">{number}.</span>
      <div className="min-w-0">
        <p className="flex items-baseline justify-between gap-3 font-semibold text-text">
          {item.title}
          <span className="font-normal text-[0.8125rem] text-text-muted">{item.aside}</span>
        </p>
        {keyed(item.lines).map(({ key, one: line }) => (
          <p key={key} className="text-text-muted">
            {line}
          </p>
        ))}
        {keyed(item.local ?? []).map(({ key, one: line }) => (
          <p key={key} lang={language} className="text-[0.9375rem] text-text">
            {line}
          </p>
        ))}
        {item.hours ? (
          <ul className="mt-1 flex gap-4" aria-label="Hours of the day">
            {HOURS.map((icon, index) => (
              <li
                key={HOUR_NAMES[index]}
                className={item.hours?.[index] ? 'text-text' : 'text-border-strong'}
              >
                <Icon of={icon} className="size-5" />
                <span className="sr-only">
                  {HOUR_NAMES[index]}: {item.hours?.[index] ? 'yes' : 'no'}
                </span>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </li>
  );
}
