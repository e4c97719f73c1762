import { expect, it } from 'vitest';
import { readPdf } from '@/tests/assertions/pdf-text';
import { DEFAULT_MARGINS, type PaperDocument, type PaperDrawing } from '../paper';
import { renderPaper } from './paper';

const drawing = (caption: string): PaperDrawing => ({
  ...{ caption, side: 400, isMirrored: false, outlines: ['M200 20 a180 180 0 1 0 0.1 0 Z'] },
  marks: [
    { ink: 'red', path: 'M100 100 L150 160 L170 120' },
    { ink: 'blue', x: 300, y: 80, text: 'Tea' },
  ],
});
const paperOf = (drawings: readonly PaperDrawing[], size: PaperDocument['size']): PaperDocument => ({
  ...{ title: 'Visit summary', size, head: null, margins: DEFAULT_MARGINS, patient: 'Asha Rao, P-1' },
  ...{ day: '29 Nov 2026', printed: 'Printed by Meera.', language: 'en' },
  blocks: [{ kind: 'drawings', drawings }],
});

it.each(['A4', 'A5', 'roll80'] as const)(
  'stand on %s with their words, and with those of their stamps',
  async (size) => {
    const captions = ['Fundus, right eye: tear', 'Fundus, left eye: tear', 'Lens, right eye: drawn by hand'];
    const { text } = await readPdf(await renderPaper(paperOf(captions.map(drawing), size)));
    const all = text.join('').replaceAll(' ', '');
    for (const caption of captions) expect(all).toContain(caption.replaceAll(' ', ''));
    expect(all.match(/Tea/g)).toHaveLength(3);
  },
);

it('that do not fit on a page go on the next one', async () => {
  const many = Array.from({ length: 24 }, (_, index) => drawing(`Fundus ${index}`));
  expect((await readPdf(await renderPaper(paperOf(many, 'A5')))).pages).toBeGreaterThan(3);
});
