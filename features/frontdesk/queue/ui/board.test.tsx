import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { BoardToken } from '../dto';
import { BoardCalls } from './board-calls';
import { BoardStations } from './board-stations';

const tokens = (count: number, of: Partial<BoardToken> = {}): BoardToken[] =>
  Array.from({ length: count }, (_, index) => ({
    token: index + 1,
    initials: 'A. R.',
    station: 'doctor',
    status: 'waiting',
    room: null,
    calledAt: null,
    ...of,
  }));

describe('the board of the waiting room', () => {
  it('leaves nobody out, however long the line is', () => {
    for (const count of [1, 12, 25, 60]) {
      const shown = renderToStaticMarkup(<BoardStations tokens={tokens(count)} />);
      expect(shown.match(/A\. R\./g)).toHaveLength(count);
      expect(shown).toContain(`${count}<span class="sr-only"> waiting or inside`);
    }
  });

  it('shows a called patient among the calls and not at the station too', () => {
    const called = tokens(9, { status: 'called', calledAt: '2026-11-23T10:00:00.000Z' });
    expect(renderToStaticMarkup(<BoardStations tokens={called} />)).not.toContain('A. R.');
    const shown = renderToStaticMarkup(<BoardCalls calls={called} now="2026-11-23T10:01:00.000Z" />);
    expect(shown.match(/A\. R\./g)).toHaveLength(9);
    expect(shown.match(/data-age="new"/g)).toHaveLength(1);
  });

  it('says how long ago each call was, but for the new one', () => {
    const calls = tokens(1, { status: 'called', calledAt: '2026-11-23T10:00:00.000Z' });
    const at = (now: string) => renderToStaticMarkup(<BoardCalls calls={calls} now={now} />);
    expect(at('2026-11-23T10:40:00.000Z')).toContain('40 min ago');
    expect(at('2026-11-23T10:01:00.000Z')).not.toContain('ago');
  });
});
