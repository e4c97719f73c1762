import 'server-only';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexer, type Token, type Tokens } from 'marked';
import { AGREEMENTS, LEGAL_PAGES, type LegalPage, type Versions } from './policy';

/** A span of text; `**bold**` and links are the only marks that a legal page has. */
export type LegalSpan = { text: string; isBold?: true; href?: string };
export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; spans: LegalSpan[] }
  | { kind: 'list'; items: LegalSpan[][] }
  | { kind: 'table'; columns: string[]; rows: LegalSpan[][][] };

export type LegalDocument = {
  slug: LegalPage;
  title: string;
  description: string;
  /** The day from which it counts, as YYYY-MM-DD. */
  version: string;
  /** Of the whole file, so that a copy can be compared with what was accepted. */
  sha256: string;
  blocks: Block[];
  /** What the company has not filled in yet. */
  placeholders: string[];
};

const PLACEHOLDER = /\[\[([^\]]+)\]\]/g;
/** A page of the product, the web, or a mail: nothing that a browser would run. */
const LINK = /^(\/(?!\/)|https?:\/\/|mailto:)/;
const HEAD = /^---\n([\s\S]*?)\n---\n/;
const documents = new Map<LegalPage, LegalDocument>();

/** A page of content/legal. @throws Error for a missing file, and for one with what no page can show. */
export function legalDocument(slug: LegalPage): LegalDocument {
  const known = documents.get(slug);
  if (known) return known;
  const file = join(process.cwd(), 'content', 'legal', `${slug}.md`);
  const read = parseDocument(slug, readFileSync(file, 'utf8'));
  // Changed texts are seen at once while somebody writes them.
  if (process.env.NODE_ENV === 'production') documents.set(slug, read);
  return read;
}

export const listLegalDocuments = (): LegalDocument[] => LEGAL_PAGES.map(legalDocument);

export const currentVersions = (): Versions =>
  Object.fromEntries(AGREEMENTS.map((name) => [name, legalDocument(name).version])) as Versions;

/** @throws Error naming the file, for a head without title, description or version, and for unknown marks. */
export function parseDocument(slug: LegalPage, file: string): LegalDocument {
  const [whole = '', head = ''] = HEAD.exec(file) ?? [];
  const fields = new Map(
    head.split('\n').map((line) => {
      const [name = '', ...rest] = line.split(':');
      return [name.trim(), rest.join(':').trim()];
    }),
  );
  const field = (name: string): string => {
    const value = fields.get(name);
    if (!value) throw new Error(`content/legal/${slug}.md says no ${name} in its head.`);
    return value;
  };
  const version = field('version');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(version))
    throw new Error(`content/legal/${slug}.md: the version is a day, such as 2026-11-29.`);
  return {
    slug,
    title: field('title'),
    description: field('description'),
    version,
    sha256: createHash('sha256').update(file).digest('hex'),
    blocks: lexer(file.slice(whole.length)).flatMap((token) => blockOf(slug, token)),
    placeholders: [...new Set([...file.matchAll(PLACEHOLDER)].map(([, name = '']) => name))],
  };
}

function blockOf(slug: LegalPage, token: Token): Block[] {
  switch (token.type) {
    case 'space':
      return [];
    case 'heading':
      return [{ kind: 'heading', text: token.text }];
    case 'paragraph':
      return [{ kind: 'text', spans: spansOf(slug, token.tokens) }];
    case 'list':
      return [
        {
          kind: 'list',
          items: (token as Tokens.List).items.map((item) => spansOf(slug, inlineOf(item.tokens))),
        },
      ];
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return [
        {
          kind: 'table',
          columns: header.map(({ text }) => text),
          rows: rows.map((row) => row.map((cell) => spansOf(slug, cell.tokens))),
        },
      ];
    }
    default:
      throw new Error(`content/legal/${slug}.md: a page shows no ${token.type}.`);
  }
}

/** The words of a list's item stand one level deeper. */
const inlineOf = (tokens: Token[]): Token[] =>
  tokens.flatMap((token) =>
    token.type === 'text' && 'tokens' in token && token.tokens ? token.tokens : [token],
  );

function spansOf(slug: LegalPage, tokens: Token[] = []): LegalSpan[] {
  return tokens.map((token): LegalSpan => {
    switch (token.type) {
      case 'text':
      case 'escape':
        return { text: token.text };
      case 'strong':
        return { text: token.text, isBold: true };
      case 'link':
        if (!LINK.test(token.href))
          throw new Error(`content/legal/${slug}.md: a link leads to “${token.href}”, which no page may.`);
        return { text: token.text, href: token.href };
      default:
        throw new Error(`content/legal/${slug}.md: a page shows no ${token.type}.`);
    }
  });
}

/**
 * Why the product may not be offered to others yet: what the company has not filled in. Null on this machine,
 * where nobody signs a contract, and when everything is.
 */
export function whyNotPublic(address: string, all = listLegalDocuments()): string | null {
  const { protocol } = new URL(address);
  if (protocol !== 'https:') return null;
  const open = all.filter(({ placeholders }) => placeholders.length > 0);
  if (open.length === 0) return null;
  const named = open.map(({ slug, placeholders }) => `content/legal/${slug}.md: ${placeholders.join(', ')}`);
  return `The legal pages are not filled in yet. Replace what stands in [[...]] and start again.\n${named.join('\n')}`;
}
