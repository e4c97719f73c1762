import { Types } from 'mongoose';
import { expect, it, vi } from 'vitest';
import { besideVisit, newestFirst } from './papers-of-visits';

it('has the newest first, and leaves the list as it was', () => {
  const rows = ['a', 'c', 'b'].map((one) => ({ _id: new Types.ObjectId(one.repeat(24)) }));
  const before = [...rows];
  expect(newestFirst(rows)).toEqual([rows[1], rows[2], rows[0]]);
  expect(rows).toEqual(before);
});

it('asks for what a visit has only where the list may end before it, and has nothing twice', async () => {
  const own = { visitId: 'v', id: 'own' };
  const listOfVisits = vi.fn(async () => [own]);
  const few = [{ visitId: 'w', id: 'other' }, own];
  expect(await besideVisit('v', few, { most: 3, listOfVisits })).toEqual(few);
  expect(listOfVisits).not.toHaveBeenCalled();
  expect(await besideVisit('v', few, { most: 2, listOfVisits })).toEqual([own, few[0]]);
  expect(listOfVisits).toHaveBeenCalledWith(['v']);
});
