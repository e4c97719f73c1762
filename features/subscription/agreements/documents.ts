import 'server-only';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMarkdown, type TextBlock } from '@/lib/markdown';
import { AGREEMENTS, LEGAL_PAGES, type LegalPage, type Versions } from './policy';

export type LegalDocument = {
  slug: LegalPage;
  title: string;
  description: string;
  /** The day from which it counts, as YYYY-MM-DD. */
  version: string;
  /** Of the whole file, so that a copy can be compared with what was accepted. */
  sha256: string;
  blocks: TextBlock[];
  /** What the company has not filled in yet. */
  placeholders: string[];
};

const PLACEHOLDER = /\[\[([^\]]+)\]\]/g;
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
  const name = `content/legal/${slug}.md`;
  const { field, blocks } = readMarkdown(name, file);
  const version = field('version');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(version))
    throw new Error(`${name}: the version is a day, such as 2026-11-29.`);
  return {
    slug,
    title: field('title'),
    description: field('description'),
    version,
    sha256: createHash('sha256').update(file).digest('hex'),
    blocks,
    placeholders: [...new Set([...file.matchAll(PLACEHOLDER)].map(([, open = '']) => open))],
  };
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
