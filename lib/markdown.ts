import { lexer, type Token, type Tokens } from 'marked';

/** A span of text; `**bold**`, `` `keys` `` and links are the only marks of a text in content/. */
export type TextSpan = { text: string; isBold?: true; isKey?: true; href?: string };
export type TextBlock =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; spans: TextSpan[] }
  | { kind: 'list'; items: TextSpan[][]; isOrdered?: true }
  | { kind: 'table'; columns: string[]; rows: TextSpan[][][] }
  | { kind: 'picture'; name: string; alt: string };

/** A page of the product, the web, or a mail: nothing that a browser would run. */
const LINK = /^(\/(?!\/)|https?:\/\/|mailto:)/;
const PICTURE = /^[a-z][a-z-]*$/;
const HEAD = /^---\n([\s\S]*?)\n---\n/;

export type MarkdownFile = {
  /** A field of the head. @throws Error for one that is not there. */
  field: (name: string) => string;
  /** The same where it may be left out. */
  optional: (name: string) => string | undefined;
  blocks: TextBlock[];
};

/**
 * A file of content/ as blocks; no HTML is written into a page as it came.
 * @param name what an error calls it. @throws Error naming the file, for marks that no page shows.
 */
export function readMarkdown(name: string, file: string): MarkdownFile {
  const [whole = '', head = ''] = HEAD.exec(file) ?? [];
  const fields = new Map(
    head.split('\n').map((line) => {
      const [key = '', ...rest] = line.split(':');
      return [key.trim(), rest.join(':').trim()];
    }),
  );
  return {
    field: (key) => {
      const value = fields.get(key);
      if (!value) throw new Error(`${name} says no ${key} in its head.`);
      return value;
    },
    optional: (key) => fields.get(key) || undefined,
    blocks: lexer(file.slice(whole.length)).flatMap((token) => blockOf(name, token)),
  };
}

function blockOf(name: string, token: Token): TextBlock[] {
  switch (token.type) {
    case 'space':
      return [];
    case 'heading':
      return [{ kind: 'heading', text: token.text }];
    case 'paragraph': {
      const [first, ...rest] = token.tokens ?? [];
      if (first?.type === 'image' && rest.length === 0) return [pictureOf(name, first as Tokens.Image)];
      return [{ kind: 'text', spans: spansOf(name, token.tokens) }];
    }
    case 'list': {
      const { items, ordered } = token as Tokens.List;
      return [
        {
          kind: 'list',
          items: items.map((item) => spansOf(name, inlineOf(item.tokens))),
          ...(ordered ? { isOrdered: true as const } : {}),
        },
      ];
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return [
        {
          kind: 'table',
          columns: header.map(({ text }) => text),
          rows: rows.map((row) => row.map((cell) => spansOf(name, cell.tokens))),
        },
      ];
    }
    default:
      throw new Error(`${name}: a page shows no ${token.type}.`);
  }
}

/** `![What it shows](queue)`: a picture by its name; where it lies is for who shows it. */
function pictureOf(name: string, { href, text }: Tokens.Image): TextBlock {
  if (!PICTURE.test(href) || text.length < 10)
    throw new Error(`${name}: a picture has a name and says what it shows, not “${href}”.`);
  return { kind: 'picture', name: href, alt: text };
}

/** The words of a list's item stand one level deeper. */
const inlineOf = (tokens: Token[]): Token[] =>
  tokens.flatMap((token) =>
    token.type === 'text' && 'tokens' in token && token.tokens ? token.tokens : [token],
  );

function spansOf(name: string, tokens: Token[] = []): TextSpan[] {
  return tokens.map((token): TextSpan => {
    switch (token.type) {
      case 'text':
      case 'escape':
        return { text: token.text };
      case 'strong':
        return { text: token.text, isBold: true };
      case 'codespan':
        return { text: token.text, isKey: true };
      case 'link':
        if (!LINK.test(token.href))
          throw new Error(`${name}: a link leads to “${token.href}”, which no page may.`);
        return { text: token.text, href: token.href };
      default:
        throw new Error(`${name}: a page shows no ${token.type}.`);
    }
  });
}

/** All that a block says, without its marks. */
export function plainText(block: TextBlock): string {
  const words = (spans: readonly TextSpan[]) => spans.map(({ text }) => text).join('');
  switch (block.kind) {
    case 'heading':
      return block.text;
    case 'text':
      return words(block.spans);
    case 'list':
      return block.items.map(words).join(' ');
    case 'table':
      return [...block.columns, ...block.rows.flat().map(words)].join(' ');
    case 'picture':
      return block.alt;
  }
}
