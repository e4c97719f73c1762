import 'server-only';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { recordAudit, recordPlatformAudit } from '../audit/record';
import type { Permission } from '../auth/permissions';
import type { PlatformPermission } from '../auth/platform-permissions';
import { type Cell, type Columns, cellsOf, columnsFor, headingsOf } from '../columns';
import { csvLine, csvResponse } from '../csv';
import { AppError } from '../errors';
import { ndjsonResponse } from '../ndjson';
import { type SheetCell, workbookResponse } from '../spreadsheet';
import type { TenantContext } from '../tenancy/context';
import { dayOf, today } from '../time';
import { deedOf, type PlatformContext, platformRoute } from './platform';
import { staffRoute } from './staff';

type Params = Record<string, string>;
type Sequence<T> = AsyncIterable<T> | Iterable<T>;

/** What every way out says of itself: which entry it leaves in the log, and what its address may ask for. */
type WayOut<S extends z.ZodType> = {
  /** Name of the entry, written once the data is found and before the first byte leaves. */
  audit: string;
  target?: (query: z.output<S>, params: Params) => string;
  query: S;
};

type Table<C, S extends z.ZodType, Row> = WayOut<S> & {
  /** Name of the file without its ending; `day` is today. */
  name: (query: z.output<S>, day: string) => string;
  /** Absent where each row is a line of cells and the first one holds the headings. */
  columns?: Columns<Row>;
  rows: (ctx: C, query: z.output<S>) => Sequence<Row> | Promise<Sequence<Row>>;
  /** Also given as one JSON object a line, for `?format=json`. */
  orJson?: boolean;
};

type Document<C, S extends z.ZodType> = WayOut<S> & {
  document: (ctx: C, query: z.output<S>, params: Params) => Promise<OutgoingFile>;
};
type OutgoingFile = {
  name: string;
  contentType: string;
  content: Uint8Array | AsyncIterable<Buffer>;
  /** Shown by the browser, to be printed from there; otherwise it is saved. */
  isInline?: boolean;
};

/** The query of a way out that asks for nothing. */
export const noQuery = z.object({});

/** @throws AppError INVALID_INPUT */
function readQuery<S extends z.ZodType>(schema: S, request: Request) {
  const address = Object.fromEntries(new URL(request.url).searchParams);
  const parsed = schema.safeParse(address);
  if (!parsed.success) throw new AppError('INVALID_INPUT', 'The address does not say what to export.');
  return { query: parsed.data, format: address.format };
}

/** A spreadsheet reads days, not instants, and words, not true and false. */
function inSheet(cell: Cell, timeZone: string): SheetCell {
  if (cell instanceof Date) return { day: dayOf(cell, timeZone) };
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return cell ?? null;
}

async function* cellLines<Row>(
  columns: Columns<Row> | undefined,
  rows: Sequence<Row>,
  timeZone: string,
): AsyncGenerator<SheetCell[]> {
  const shown = columns && columnsFor('list', columns);
  if (shown) yield headingsOf(shown);
  for await (const row of rows) {
    const cells = shown ? cellsOf(shown, row) : (row as readonly Cell[]);
    yield cells.map((cell) => inSheet(cell, timeZone));
  }
}

async function* csvLines(lines: AsyncIterable<SheetCell[]>): AsyncGenerator<string> {
  for await (const cells of lines)
    yield csvLine(cells.map((cell) => (cell !== null && typeof cell === 'object' ? cell.day : cell)));
}

async function* each<T>(items: Sequence<T>): AsyncGenerator<T> {
  yield* items;
}

function tableResponse<C, S extends z.ZodType, Row>(
  { name, columns, orJson }: Table<C, S, Row>,
  rows: Sequence<Row>,
  { query, format, timeZone }: { query: z.output<S>; format: string | undefined; timeZone: string },
): Response {
  const file = name(query, today(timeZone));
  if (orJson && format === 'json') return ndjsonResponse(each(rows), `${file}.jsonl`);
  const lines = cellLines(columns, rows, timeZone);
  return format === 'xlsx' ? workbookResponse(file, lines) : csvResponse(`${file}.csv`, csvLines(lines));
}

function documentResponse({ name, contentType, content, isInline }: OutgoingFile): Response {
  const isWhole = content instanceof Uint8Array;
  const body = isWhole
    ? new Uint8Array(content)
    : (Readable.toWeb(Readable.from(content)) as ReadableStream<Uint8Array>);
  return new Response(body, {
    headers: {
      'content-type': contentType,
      ...(isWhole ? { 'content-length': String(content.length) } : {}),
      'content-disposition': `${isInline ? 'inline' : 'attachment'}; filename="${name}"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}

/**
 * A table that leaves the clinic as a file: the GET handler with its permission, its rate limit, its entry in
 * the log and its stream. Support never passes it.
 */
export const staffExport = <S extends z.ZodType, Row>(
  definition: Table<TenantContext, S, Row> & { permission: Permission },
) =>
  staffRoute<Params>(
    definition.permission,
    async (ctx, request, params) => {
      const asked = readQuery(definition.query, request);
      const rows = await definition.rows(ctx, asked.query);
      await recordAudit(ctx, { action: definition.audit, target: definition.target?.(asked.query, params) });
      return tableResponse(definition, rows, { ...asked, timeZone: ctx.timeZone });
    },
    { wayOut: definition.audit },
  );

/** A single file that leaves the clinic, such as a PDF or an archive; otherwise like `staffExport`. */
export const staffDocument = <S extends z.ZodType>(
  definition: Document<TenantContext, S> & { permission: Permission },
) =>
  staffRoute<Params>(
    definition.permission,
    async (ctx, request, params) => {
      const { query } = readQuery(definition.query, request);
      const document = await definition.document(ctx, query, params);
      await recordAudit(ctx, { action: definition.audit, target: definition.target?.(query, params) });
      return documentResponse(document);
    },
    { wayOut: definition.audit },
  );

/** A table that leaves the company's pages. */
export const platformExport = <S extends z.ZodType, Row>(
  definition: Table<PlatformContext, S, Row> & { permission: PlatformPermission },
) =>
  platformRoute<Params>(
    definition.permission,
    definition.audit,
    async (ctx, request, params) => {
      const asked = readQuery(definition.query, request);
      const rows = await definition.rows(ctx, asked.query);
      await recordPlatformAudit({
        ...deedOf(ctx, definition.audit),
        target: definition.target?.(asked.query, params),
      });
      return tableResponse(definition, rows, { ...asked, timeZone: 'UTC' });
    },
    { wayOut: definition.audit },
  );
