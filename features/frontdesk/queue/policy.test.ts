import { describe, expect, it } from 'vitest';
import {
  ANY_DOCTOR,
  boardColumns,
  callsByAge,
  canMove,
  canSend,
  canUndo,
  destinationsFrom,
  durationText,
  endedAs,
  estimateText,
  estimateWait,
  initialsOf,
  isOpen,
  MOVES,
  minutesToReady,
  nextStation,
  ofDoctor,
  ownStation,
  STATIONS,
  STEP_STATUSES,
  statusesBefore,
  waitingMinutes,
  waitLevel,
} from './policy';

const at = (time: string) => `2026-11-23T${time}:00.000Z`;
const ms = (time: string) => new Date(at(time)).getTime();

describe('the moves of a step', () => {
  it('are allowed from these states and from no other', () => {
    const table = Object.fromEntries(
      MOVES.map((move) => [move, STEP_STATUSES.filter((status) => canMove(move, status))]),
    );
    expect(table).toEqual({
      call: ['waiting'],
      start: ['waiting', 'called'],
      complete: ['in-progress'],
      send: ['waiting', 'called', 'in-progress'],
      requeue: ['called', 'in-progress'],
      undo: ['waiting', 'called', 'in-progress'],
    });
  });

  it('never begin from a closed step', () => {
    for (const move of MOVES) expect(statusesBefore(move).every(isOpen)).toBe(true);
    expect(STEP_STATUSES.filter((status) => !isOpen(status))).toEqual(['done', 'skipped']);
  });

  it('call done only what was begun', () => {
    expect(endedAs('in-progress')).toBe('done');
    expect(endedAs('waiting')).toBe('skipped');
    expect(endedAs('called')).toBe('skipped');
  });
});

describe('the way through the stations', () => {
  it('leads from reception to the end without a circle', () => {
    const way: string[] = [];
    for (let station: ReturnType<typeof nextStation> = 'reception'; station; station = nextStation(station)) {
      way.push(station);
      expect(way.length).toBeLessThanOrEqual(STATIONS.length);
    }
    expect(way).toEqual(['reception', 'optometry', 'doctor', 'pharmacy']);
  });

  it('comes back to the doctor after dilation', () => {
    expect(nextStation('dilation')).toBe('doctor');
  });

  it('sends to any other station, and to dilation a second time', () => {
    expect(destinationsFrom('doctor')).toEqual(['reception', 'optometry', 'dilation', 'pharmacy']);
    expect(canSend('dilation', 'dilation')).toBe(true);
    expect(canSend('doctor', 'doctor')).toBe(false);
  });
});

describe('what can be taken back', () => {
  const step = { sequence: 2, timesRequeued: 0 };
  it('is a call, a start, and a move to the next station', () => {
    expect(canUndo({ ...step, status: 'called' })).toBe(true);
    expect(canUndo({ ...step, status: 'in-progress' })).toBe(true);
    expect(canUndo({ ...step, status: 'waiting' })).toBe(true);
  });
  it('is not the check-in, not a closed step, not a patient put back in line', () => {
    expect(canUndo({ ...step, status: 'waiting', sequence: 1 })).toBe(false);
    expect(canUndo({ ...step, status: 'done' })).toBe(false);
    expect(canUndo({ ...step, status: 'waiting', timesRequeued: 1 })).toBe(false);
  });
});

describe('waiting', () => {
  it('counts whole minutes and never backwards', () => {
    const step = { waitingSince: at('10:00') };
    expect(waitingMinutes(step, ms('10:00'))).toBe(0);
    expect(waitingMinutes(step, ms('10:14') + 59_999)).toBe(14);
    expect(waitingMinutes(step, ms('09:30'))).toBe(0);
  });

  it('begins when the pupils are wide', () => {
    const step = { waitingSince: at('10:00'), readyAt: at('10:30') };
    expect(waitingMinutes(step, ms('10:20'))).toBe(0);
    expect(waitingMinutes(step, ms('10:41'))).toBe(11);
    expect(minutesToReady(step, ms('10:20') + 1)).toBe(10);
    expect(minutesToReady(step, ms('10:45'))).toBe(0);
    expect(minutesToReady({ readyAt: null }, ms('10:45'))).toBeNull();
  });

  it('is amber from 15 minutes and red from 30', () => {
    expect([0, 14, 15, 29, 30, 300].map(waitLevel)).toEqual([
      'green',
      'green',
      'amber',
      'amber',
      'red',
      'red',
    ]);
  });

  it('is said in minutes and hours', () => {
    expect([0, 59, 60, 65, 130].map(durationText)).toEqual([
      '0 min',
      '59 min',
      '1 h 00 min',
      '1 h 05 min',
      '2 h 10 min',
    ]);
  });
});

describe('initials', () => {
  it.each([
    ['Asha Rao', 'A. R.'],
    ['Asha Devi Rao', 'A. R.'],
    ['Madonna', 'M.'],
    ['élodie Ümit', 'É. Ü.'],
    ['आशा राव', 'आ. रा.'],
    ['', ''],
  ])('of %s are %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('the calls on the board', () => {
  const call = (token: number, calledAt: string) => ({ token, calledAt: at(calledAt) });

  it('are all there, the newest first, and only that one is new', () => {
    const many = Array.from({ length: 9 }, (_, index) => call(index + 1, `10:0${index}`));
    const shown = callsByAge(many, ms('10:09'));
    expect(shown.map(({ token }) => token)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(shown.map(({ age }) => age)).toEqual(['new', ...Array(8).fill('recent')]);
  });

  it('age, so that one of long ago is never shown like a new one', () => {
    const one = [call(7, '10:00')];
    const ageAt = (time: string) => callsByAge(one, ms(time))[0];
    expect(ageAt('10:02')).toMatchObject({ age: 'new', minutes: 2 });
    expect(ageAt('10:03')).toMatchObject({ age: 'recent', minutes: 3 });
    expect(ageAt('10:40')).toMatchObject({ age: 'old', minutes: 40 });
  });

  it('leave room: the longer a line is, the closer it stands', () => {
    expect([0, 10, 11, 24, 25, 60].map(boardColumns)).toEqual([1, 1, 2, 2, 3, 3]);
  });
});

describe('whose queue it is', () => {
  it('is the own station where a role has one, and everybody elsewhere', () => {
    const roles = ['owner', 'admin', 'receptionist', 'optometrist', 'doctor', 'pharmacist'] as const;
    expect(roles.map(ownStation)).toEqual([null, null, null, 'optometry', 'doctor', 'pharmacy']);
  });

  it('is one doctor’s own patients, or those of nobody in particular', () => {
    const line = [{ doctorId: 'a' }, { doctorId: 'b' }, { doctorId: null }];
    expect(ofDoctor(line, 'a')).toEqual([{ doctorId: 'a' }]);
    expect(ofDoctor(line, ANY_DOCTOR)).toEqual([{ doctorId: null }]);
    expect(ofDoctor(line, undefined)).toEqual(line);
  });
});

describe('the wait that is printed on a token', () => {
  const minute = 60_000;
  const now = 1_000 * minute;
  const every = (gap: number, count: number, last = 2) =>
    Array.from({ length: count }, (_, index) => now - (last + gap * index) * minute);

  it('is how many are in front, at the pace of today', () => {
    // The last one began two minutes ago: in eight minutes the next, and three more after that.
    expect(estimateWait(3, every(10, 8), now)).toEqual({ fromMinutes: 25, toMinutes: 50 });
    expect(estimateWait(0, every(10, 8), now)).toEqual({ fromMinutes: 5, toMinutes: 10 });
    expect(estimateWait(0, every(3, 8), now)).toEqual({ fromMinutes: 0, toMinutes: 5 });
    expect(estimateText({ fromMinutes: 0, toMinutes: 5 })).toBe('Up to 5 minutes');
  });

  it('is nothing where too little was measured, the line stands, or it would be hours', () => {
    expect(estimateWait(1, [], now)).toBeNull();
    expect(estimateWait(1, every(10, 5), now)).toBeNull();
    expect(estimateWait(1, every(10, 8, 45), now)).toBeNull();
    expect(estimateWait(40, every(10, 8), now)).toBeNull();
    // What will begin is not measured.
    expect(estimateWait(1, every(10, 8, -80), now)).toBeNull();
  });

  it('is not shorter than the drops need, and one long pause does not make it longer', () => {
    expect(estimateWait(0, every(5, 8), now, now + 40 * minute)).toEqual({ fromMinutes: 30, toMinutes: 50 });
    const paused = [...every(5, 6), ...every(5, 5).map((at) => at - 90 * minute)];
    expect(estimateWait(1, paused, now)).toEqual(estimateWait(1, every(5, 8), now));
  });
});
