import { type Day, shiftDay } from '@/lib/time';

const DAY_MS = 86_400_000;
type Event = { at: number; run: (at: Date) => void };

/** What is to be done and when: of a day, in the order of time, also what only comes up while it is done. */
export class Agenda {
  readonly #events = new Map<Day, Event[]>();
  #today: Day | null = null;

  add(day: Day, at: number, run: (at: Date) => void): void {
    const events = this.#events.get(day) ?? [];
    this.#events.set(day, events);
    const place = day === this.#today ? events.findIndex((one) => one.at > at) : -1;
    if (place < 0) events.push({ at, run });
    else events.splice(place, 0, { at, run });
  }

  /** So many minutes after something of today. */
  soon(at: Date, minutes: number, run: (at: Date) => void): void {
    this.add(this.#today ?? '', at.getTime() + minutes * 60_000, run);
  }

  /** At the same hour of a later day. */
  inDays(at: Date, days: number, run: (at: Date) => void): void {
    this.add(shiftDay(this.#today ?? '', days), at.getTime() + days * DAY_MS, run);
  }

  /** Does what falls due. What fell due while nobody worked is done at the same hour of this day. */
  live(day: Day): void {
    const own = this.#events.get(day) ?? [];
    for (const [on, missed] of this.#events) {
      if (on >= day) continue;
      this.#events.delete(on);
      const moved = Math.round((Date.parse(day) - Date.parse(on)) / DAY_MS) * DAY_MS;
      own.push(...missed.map((one) => ({ ...one, at: one.at + moved })));
    }
    own.sort((a, b) => a.at - b.at);
    this.#events.set(day, own);
    this.#today = day;
    for (let next = own.shift(); next; next = own.shift()) next.run(new Date(next.at));
    this.#events.delete(day);
    this.#today = null;
  }
}
