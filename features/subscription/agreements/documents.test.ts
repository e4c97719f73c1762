import { describe, expect, it } from 'vitest';
import { legalDocument, listLegalDocuments, parseDocument, whyNotPublic } from './documents';
import { dueOf, LEGAL_PAGES } from './policy';

const page = (body: string, version = '2026-01-31') =>
  `---\ntitle: Terms\ndescription: All of them.\nversion: ${version}\n---\n\n${body}`;

describe('a legal page', () => {
  it('is there for each address, with a title, a description, a version and a text', () => {
    const all = listLegalDocuments();
    expect(all.map(({ slug }) => slug)).toEqual([...LEGAL_PAGES]);
    for (const { title, description, version, blocks } of all) {
      expect(title.length).toBeGreaterThan(3);
      expect(description.length).toBeGreaterThan(20);
      expect(version).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(blocks.length).toBeGreaterThan(0);
    }
  });

  it('is read as headings, text, lists and tables, with bold words and links', () => {
    const { blocks } = parseDocument(
      'terms',
      page(
        '## Who\n\nWe are **[[Name]]**, see [terms](/legal/terms).\n\n- one\n- **two**\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n',
      ),
    );
    expect(blocks).toEqual([
      { kind: 'heading', text: 'Who' },
      {
        kind: 'text',
        spans: [
          { text: 'We are ' },
          { text: '[[Name]]', isBold: true },
          { text: ', see ' },
          { text: 'terms', href: '/legal/terms' },
          { text: '.' },
        ],
      },
      { kind: 'list', items: [[{ text: 'one' }], [{ text: 'two', isBold: true }]] },
      { kind: 'table', columns: ['a', 'b'], rows: [[[{ text: '1' }], [{ text: '2' }]]] },
    ]);
  });

  it.each([
    ['<b>raw</b> HTML', 'a text'],
    ['![a picture](x.png)', 'a text'],
    ['> a quotation', 'a text'],
    ['[here](javascript:alert(1))', 'a link'],
    ['[here](data:text/html,x)', 'a link'],
    ['[here](//elsewhere.test)', 'a link'],
  ])('refuses %s, which no page would show', (body) => {
    expect(() => parseDocument('terms', page(body))).toThrow('content/legal/terms.md');
  });

  it('refuses a head without a version, and a version that is not a day', () => {
    expect(() => parseDocument('terms', 'no head')).toThrow('version');
    expect(() => parseDocument('terms', page('text', 'two'))).toThrow('is a day');
  });
});

describe('placeholders', () => {
  const open = parseDocument('terms', page('We are [[Legal name]] of [[Seat]], [[Legal name]].'));
  const filled = parseDocument('terms', page('We are Somebody Ltd.'));

  it('keep the product from a public address, each named once', () => {
    expect(open.placeholders).toEqual(['Legal name', 'Seat']);
    expect(whyNotPublic('https://app.example', [open, filled])).toContain('terms.md: Legal name, Seat');
    expect(whyNotPublic('https://app.example', [filled])).toBeNull();
    expect(whyNotPublic('http://127.0.0.1:3000', [open])).toBeNull();
  });
});

describe('what is due', () => {
  it('is each agreement whose newest version nobody accepted', () => {
    const current = { terms: '2026-02-01', 'data-processing': '2026-01-01' };
    expect(dueOf(current, {})).toEqual(['terms', 'data-processing']);
    expect(dueOf(current, { terms: '2026-01-01', 'data-processing': '2026-01-01' })).toEqual(['terms']);
    expect(dueOf(current, current)).toEqual([]);
    expect(legalDocument('terms').sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});
