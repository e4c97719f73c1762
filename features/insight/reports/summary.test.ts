import { describe, expect, it } from 'vitest';
import {
  bottleneckOf,
  changeOf,
  inBands,
  meanMinutes,
  mergeWaits,
  percentile,
  stillWaiting,
} from './summary';

const waited = (...minutes: number[]) =>
  mergeWaits(
    minutes.map((one) => ({ patients: 1, waitedMs: one * 60_000, waits: [{ minutes: one, patients: 1 }] })),
  );

describe('waits', () => {
  it('have the middle and the ninetieth percentile by nearest rank', () => {
    const all = waited(1, 2, 3, 4, 5, 6, 7, 8, 9, 100);
    expect(percentile(all, 0.5)).toBe(5);
    expect(percentile(all, 0.9)).toBe(9);
    expect(percentile(all, 1)).toBe(100);
    expect(meanMinutes(all)).toBe(14.5);
    expect(percentile(waited(), 0.5)).toBeNull();
    expect(meanMinutes(waited())).toBeNull();
  });

  it('count who still waits once it is longer than what is usual, and all of them while nobody was seen', () => {
    const minutes = (...all: number[]) => all.map((one) => one * 60_000);
    expect(stillWaiting(waited(), minutes(0, 45))).toEqual(minutes(0, 45));
    expect(stillWaiting(waited(0, 10, 30), minutes(1, 10, 11, 45))).toEqual(minutes(11, 45));
    // Arrivals of a minute ago never make the wait look shorter.
    expect(stillWaiting(waited(30), minutes(1, 1, 1))).toEqual([]);
  });

  it('fall into exactly one band each', () => {
    const bands = inBands(waited(0, 9, 10, 59, 60, 119, 120, 600));
    expect(bands.map(({ patients }) => patients)).toEqual([2, 1, 0, 0, 1, 1, 1, 2]);
  });
});

describe('a comparison', () => {
  it('names the difference, and colours it by what is good', () => {
    expect(changeOf(12, 10, 'more')).toEqual({ text: '+20 %', direction: 'up' });
    expect(changeOf(12, 10, 'fewer')).toEqual({ text: '+20 %', direction: 'down' });
    expect(changeOf(5, 10, 'fewer')).toEqual({ text: '−50 %', direction: 'up' });
    expect(changeOf(3, 0)).toEqual({ text: '+3', direction: 'flat' });
    expect(changeOf(0, 0, 'more')).toEqual({ text: 'As before', direction: 'flat' });
  });
});

describe('the bottleneck', () => {
  it('is where most time was waited in all, and nowhere when nobody waited', () => {
    expect(bottleneckOf([{ waitedMs: 5 }, { waitedMs: 9 }, { waitedMs: 0 }])).toEqual({ waitedMs: 9 });
    expect(bottleneckOf([{ waitedMs: 0 }])).toBeNull();
  });
});
