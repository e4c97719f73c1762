import { describe, expect, it } from 'vitest';
import { listChanges, parseChanges } from './changes';
import { newSince } from './policy';

describe('the changelog', () => {
  it('is dated, the newest first, and each change says something', () => {
    const changes = listChanges();
    expect(changes.length).toBeGreaterThan(3);
    for (const { day, title, blocks } of changes) {
      expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(title.length).toBeGreaterThan(5);
      expect(blocks.length).toBeGreaterThan(0);
    }
    expect(changes.map(({ day }) => day)).toEqual(
      changes
        .map(({ day }) => day)
        .sort()
        .reverse(),
    );
  });

  it('is refused with a day that goes backwards, and with words before the first day', () => {
    expect(() =>
      parseChanges('## 2026-01-01: Something old\n\na\n\n## 2026-02-01: Something new\n\nb'),
    ).toThrow('below an earlier day');
    expect(() => parseChanges('Hello')).toThrow('before the first day');
    expect(() => parseChanges('## Soon: something\n\na')).toThrow('begins with its day');
  });

  it('is new to somebody from the day after they last looked', () => {
    const changes = [{ day: '2026-03-02' }, { day: '2026-03-01' }, { day: '2026-02-01' }];
    expect(newSince(changes, '2026-03-01')).toEqual([{ day: '2026-03-02' }]);
    expect(newSince(changes, '2026-03-02')).toEqual([]);
  });
});
