import 'server-only';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainText, readMarkdown, type TextBlock } from '@/lib/markdown';
import { fits, type HelpGroup, isHelpGroup, scoreOf, wordsOf } from './policy';

export type HelpArticle = {
  slug: string;
  title: string;
  description: string;
  group: HelpGroup;
  /** Addresses that it explains; `*` is any id. */
  pages: string[];
  blocks: TextBlock[];
  /** All of it, for the search. */
  text: string;
};

const FOLDER = ['content', 'help'];
const SLUG = /^[a-z][a-z-]*$/;
let kept: HelpArticle[] | null = null;

/** Every article, by title. @throws Error naming the file that no page can show. */
export function listArticles(): HelpArticle[] {
  if (kept) return kept;
  const folder = join(process.cwd(), ...FOLDER);
  const articles = readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => parseArticle(file.slice(0, -3), readFileSync(join(folder, file), 'utf8')))
    .sort((a, b) => a.title.localeCompare(b.title));
  // Changed texts are seen at once while somebody writes them.
  if (process.env.NODE_ENV === 'production') kept = articles;
  return articles;
}

/** @throws Error naming the file, for a head without its fields, and for marks that no page shows. */
export function parseArticle(slug: string, file: string): HelpArticle {
  const name = `${FOLDER.join('/')}/${slug}.md`;
  const { field, optional, blocks } = readMarkdown(name, file);
  const group = field('for');
  if (!SLUG.test(slug)) throw new Error(`${name}: the name of a file is its address, in small letters.`);
  if (!isHelpGroup(group)) throw new Error(`${name}: nobody is “${group}”.`);
  return {
    slug,
    title: field('title'),
    description: field('description'),
    group,
    pages: optional('pages')?.split(/,\s*/) ?? [],
    blocks,
    text: blocks.map(plainText).join(' '),
  };
}

export const findArticle = (slug: string): HelpArticle | null =>
  listArticles().find((one) => one.slug === slug) ?? null;

/** Those that answer the words, the best first; all of them for no words. */
export function searchArticles(typed: string): HelpArticle[] {
  const words = wordsOf(typed);
  if (words.length === 0) return listArticles();
  return listArticles()
    .map((article) => ({ article, score: scoreOf(article, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ article }) => article);
}

/** The article of a page: the one that names its address most exactly. */
export function articleOf(address: string): HelpArticle | null {
  let best: { article: HelpArticle; score: number } | null = null;
  for (const article of listArticles())
    for (const pattern of article.pages) {
      const score = fits(pattern, address);
      if (score > (best?.score ?? 0)) best = { article, score };
    }
  return best?.article ?? null;
}
