import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { articleOf, findArticle, listArticles, parseArticle, searchArticles } from './articles';
import { HELP_GROUPS } from './policy';

const routes = Object.keys(import.meta.glob('/app/**/page.tsx')).map((file) =>
  file
    .replace(/^\/app/, '')
    .replace(/\/page\.tsx$/, '')
    .replace(/\/\([^)]*\)/g, ''),
);
const clinic = Object.keys(import.meta.glob('/app/**/page.tsx'))
  .filter((file) => file.startsWith('/app/(clinic)/'))
  .map((file) =>
    file
      .replace('/app/(clinic)', '')
      .replace(/\/page\.tsx$/, '')
      .replace(/\[[^\]]+\]/g, 'x1'),
  );
const written = Object.entries(
  import.meta.glob<string>(
    ['/app/**/*.{ts,tsx}', '/components/**/*.{ts,tsx}', '/features/**/*.{ts,tsx}', '/lib/**/*.ts'],
    { query: '?raw', import: 'default', eager: true },
  ),
)
  .filter(([file]) => !/\.test\.tsx?$/.test(file))
  .map(([, text]) => text.replace(/\s+/g, ' '))
  .join('\n');

/** Whether the words stand by themselves in a source: between tags, or as a whole text. */
const isWritten = (words: string): boolean => {
  const exact = words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`['"\`>}] ?${exact} ?['"\`<{]`).test(written);
};
const boldOf = (article: ReturnType<typeof listArticles>[number]): string[] =>
  article.blocks.flatMap((block) => {
    const spans = block.kind === 'text' ? block.spans : block.kind === 'list' ? block.items.flat() : [];
    return spans.filter(({ isBold }) => isBold).map(({ text }) => text);
  });

describe('the help', () => {
  const articles = listArticles();

  it('has something for everybody', () => {
    expect(articles.length).toBeGreaterThanOrEqual(20);
    const thin = HELP_GROUPS.filter((group) => articles.filter((one) => one.group === group).length < 2);
    expect(thin).toEqual([]);
  });

  it.each(articles.map((one) => [one.slug, one] as const))(
    '%s names what is in the product, word by word',
    (_slug, article) => {
      expect(boldOf(article).filter((words) => !isWritten(words))).toEqual([]);
      expect(article.text.length).toBeGreaterThan(250);
    },
  );

  it('would notice a button that was renamed', () => {
    expect(isWritten('Register patient')).toBe(true);
    expect(isWritten('Register the patient now')).toBe(false);
    expect(isWritten('egister patien')).toBe(false);
  });

  it('shows pictures that are there, light and dark', () => {
    const names = articles.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'picture' ? [block.name] : [])),
    );
    expect(names.length).toBeGreaterThan(4);
    const missing = names
      .flatMap((name) => ['light', 'light-720', 'dark', 'dark-720'].map((each) => `${name}-${each}`))
      .map((name) => `public/screenshots/${name}.webp`)
      .filter((file) => !existsSync(file));
    expect(missing).toEqual([]);
  });

  it('leads to articles and pages that are there', () => {
    const links = articles.flatMap(({ blocks }) =>
      blocks.flatMap((block) => {
        const spans = block.kind === 'text' ? block.spans : block.kind === 'list' ? block.items.flat() : [];
        return spans.flatMap(({ href }) => (href ? [href] : []));
      }),
    );
    expect(links.filter((href) => !findArticle(href.replace('/help/', '')))).toEqual([]);
    const answers = (pattern: string) =>
      routes.some((route) =>
        new RegExp(`^${route.replace(/\[[^\]]+\]/g, '[^/]+')}$`).test(pattern.replaceAll('*', 'x1')),
      );
    expect(articles.flatMap(({ pages }) => pages).filter((pattern) => !answers(pattern))).toEqual([]);
  });

  it('has an article for each page of the clinic', () => {
    expect(clinic.length).toBeGreaterThan(60);
    expect(clinic.filter((address) => !articleOf(address))).toEqual([]);
  });

  it('answers a page with what explains it most exactly', () => {
    expect(articleOf('/queue')?.slug).toBe('check-in');
    expect(articleOf('/queue/board')?.slug).toBe('waiting-room-board');
    expect(articleOf('/visits/64b0/prescribe')?.slug).toBe('prescribe-medicines');
    expect(articleOf('/visits/64b0')?.slug).toBe('measure');
    expect(articleOf('/elsewhere')).toBeNull();
  });

  it('is found by the beginnings of words, the title first', () => {
    expect(searchArticles('dilat')[0]?.slug).toBe('dilation');
    expect(searchArticles('invite many')[0]?.slug).toBe('invite-staff');
    expect(searchArticles('xyzzy')).toEqual([]);
    expect(searchArticles('.*+')).toHaveLength(articles.length);
  });

  it('refuses an article for nobody, and a picture that says nothing', () => {
    const head = (group: string) => `---\ntitle: T\ndescription: D\nfor: ${group}\n---\n\n`;
    expect(() => parseArticle('a', `${head('Ghosts')}Text`)).toThrow('nobody is “Ghosts”');
    expect(() => parseArticle('a', `${head('Doctor')}![x](queue)`)).toThrow('says what it shows');
    expect(() => parseArticle('a', `${head('Doctor')}![a picture of it](http://x.test/a.png)`)).toThrow(
      'content/help/a.md',
    );
  });
});
