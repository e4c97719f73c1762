import { describe, expect, it } from 'vitest';
import { type CellFacts, forecastOf, fullness, hasRoom, leastLoaded, roomIn, stateOf } from './capacity';

const cell = (id: string, facts: Partial<CellFacts> = {}): CellFacts => ({
  id,
  weight: 1,
  acceptsNew: true,
  organizations: 0,
  usage: { files: 0, storageBytes: 0, connections: 0 },
  limits: { files: 1_000, storageBytes: null, connections: null },
  ...facts,
});
const files = (used: number) => ({ usage: { files: used, storageBytes: 0, connections: 0 } });

describe('how full a cell is', () => {
  it('is said by the measure that is nearest to its limit', () => {
    const usage = { files: 100, storageBytes: 60, connections: 5 };
    expect(fullness(usage, { files: 1_000, storageBytes: 100, connections: 10 })).toBe(0.6);
    expect(fullness(usage, { files: 1_000, storageBytes: null, connections: null })).toBe(0.1);
  });

  it('alerts at 70 % and stops placing at 80 %', () => {
    expect(stateOf(cell('a', files(699)))).toBe('open');
    expect(stateOf(cell('a', files(700)))).toBe('filling');
    expect(stateOf(cell('a', files(800)))).toBe('full');
    expect(stateOf(cell('a', { acceptsNew: false }))).toBe('closed');
  });

  it('counts what the new database will have', () => {
    expect(hasRoom(cell('a', files(700)), 100)).toBe(true);
    expect(hasRoom(cell('a', files(701)), 100)).toBe(false);
  });
});

describe('how long the cells have room', () => {
  it('counts databases like those that are there, by the measure that is used up first', () => {
    expect(roomIn(cell('a', { ...files(100), organizations: 1 }), 50)).toBe(7);
    // A new one has more files than the small ones that are there.
    expect(roomIn(cell('a', { ...files(100), organizations: 10 }), 50)).toBe(14);
    const byStorage = {
      organizations: 2,
      usage: { files: 100, storageBytes: 40, connections: 9 },
      limits: { files: 1_000, storageBytes: 100, connections: 10 },
    };
    expect(roomIn(cell('a', { ...byStorage, usage: { ...byStorage.usage, connections: 1 } }), 50)).toBe(2);
    expect(roomIn(cell('a', byStorage), 50)).toBe(0);
    expect(roomIn(cell('a', { acceptsNew: false }), 50)).toBe(0);
    expect(
      roomIn(cell('a', { limits: { files: null, storageBytes: null, connections: null } }), 50),
    ).toBeNull();
  });

  it('is the room of all at the pace of the last days, and no day where there is no pace or no end', () => {
    expect(forecastOf([10, 20], 9, 90)).toEqual({ room: 30, came: 9, lastsDays: 300 });
    expect(forecastOf([10, 20], 0, 90).lastsDays).toBeNull();
    expect(forecastOf([10, null], 9, 90)).toEqual({ room: null, came: 9, lastsDays: null });
    expect(forecastOf([0], 9, 90).lastsDays).toBe(0);
  });
});

describe('where the next database goes', () => {
  it('is the least full cell for its weight', () => {
    const small = cell('small', files(300));
    const large = cell('large', { ...files(400), weight: 2 });
    expect(leastLoaded([small, large], 10)?.id).toBe('large');
  });

  it('is the one with fewest organizations among equals', () => {
    expect(leastLoaded([cell('a', { organizations: 3 }), cell('b', { organizations: 2 })], 10)?.id).toBe('b');
  });

  it('is nowhere when each is closed or full', () => {
    expect(leastLoaded([cell('a', { acceptsNew: false }), cell('b', files(795))], 10)).toBeNull();
  });
});
