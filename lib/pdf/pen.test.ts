import { expect, it } from 'vitest';
import { loadLetters } from './letters';
import { openPen } from './pen';

it('opens each of its fonts once, however many lines it writes', async () => {
  const pen = openPen(await loadLetters(), {
    size: [300, 300],
    margin: 0,
    title: 'Letter',
    author: 'Clinic',
  });
  for (let top = 0; top < 300; top += 30) {
    pen.line('Asha Rao', 10, top);
    pen.line('Asha Rao', 10, top + 15, { weight: '600' });
  }
  expect((pen.pdf as unknown as { _fontCount: number })._fontCount).toBe(2);
});
