import { CalendarCheck, Database, Eye, KeyRound, MonitorPlay, Pill, ScrollText, Stethoscope, UserRoundSearch } from 'lucide-react';
import Link from 'next/link';
import { PlanCards } from '@/components/marketing/plan-cards';
import { Screenshot } from '@/components/marketing/screenshot';
import { Button } from '@/components/ui/button';
import { paths } from '@/lib/paths';

const STATIONS = [
  { icon: UserRoundSearch, title: 'Reception', text: 'Find a patient by name, phone or number. Register a new one in under half a minute, without the mouse.' },
  { icon: Eye, title: 'Optometry', text: 'See who waits and for how long, call the next token, and send the patient on with one press.' },
  { icon: Stethoscope, title: 'Doctor', text: 'Open your day, your patients and their history. No two patients ever get the same time with you.' },
  { icon: Pill, title: 'Pharmacy', text: 'Stock by batch, the oldest first. Low and expiring medicines mark themselves.' },
];

const PROMISES = [
  { icon: Database, title: 'A database of your own', text: 'Your records are not rows in a table shared with others. The database server itself refuses anybody else.' },
  { icon: KeyRound, title: 'Keys that are only yours', text: 'Connection secrets are encrypted, and each hospital has its own key. Destroying it makes old copies unreadable.' },
  { icon: ScrollText, title: 'Who did what', text: 'Each change and each opened chart is written down, with the person and the time.' },
];

export default function LandingPage() {
  return (
    <>
      <section className="mx-auto w-full max-w-6xl px-5 pb-14 pt-12 text-center sm:pt-20">
        <h1 className="mx-auto max-w-3xl text-balance text-4xl font-semibold tracking-tight sm:text-6xl">
          The day of an eye hospital, in one place
        </h1>
        <p className="mx-auto mt-5 max-w-2xl text-pretty text-lg text-text-muted">
          Patients, appointments, the queue from reception to optometry to doctor to pharmacy, and the medicines on the shelf. Ready
          minutes after you sign up, in a database that is yours alone.
        </p>
        <div className="mt-8 flex flex-wrap justify-center gap-3">
          <Button asChild variant="primary" size="lg">
            <Link href={paths.signup()}>Sign up your hospital</Link>
          </Button>
          <Button asChild size="lg" variant="secondary">
            <Link href={paths.pricing}>See the plans</Link>
          </Button>
        </div>
        <div className="mx-auto mt-14 max-w-5xl">
          <Screenshot name="today" alt="The staff home of Chakravue: the day's numbers, the next appointments and who has waited longest" />
        </div>
      </section>

      <section aria-labelledby="stations" className="border-y border-border bg-surface-sunken">
        <div className="mx-auto w-full max-w-6xl px-5 py-16">
          <h2 id="stations" className="text-2xl font-semibold tracking-tight">
            Made for the queue at the desk
          </h2>
          <p className="mt-2 max-w-2xl text-text-muted">Each screen is for one person at one station, and each knows where the patient goes next.</p>
          <div className="mt-8 grid gap-5 sm:grid-cols-2 lg:grid-cols-4">
            {STATIONS.map(({ icon: Icon, title, text }) => (
              <div key={title} className="rounded-xl border border-border bg-surface-raised p-5">
                <Icon className="size-6 text-accent" aria-hidden />
                <h3 className="mt-3 font-semibold">{title}</h3>
                <p className="mt-1 text-text-muted">{text}</p>
              </div>
            ))}
          </div>
        </div>
      </section>

      <section className="mx-auto grid w-full max-w-6xl items-center gap-10 px-5 py-16 lg:grid-cols-[2fr_3fr]">
        <div>
          <h2 className="text-2xl font-semibold tracking-tight">Everybody sees the same queue</h2>
          <p className="mt-3 text-text-muted">
            A patient checked in at reception is on the optometrist's screen a moment later. The board in the waiting room shows tokens,
            never names.
          </p>
          <ul className="mt-6 space-y-3">
            <li className="flex gap-3">
              <CalendarCheck className="mt-0.5 size-5 shrink-0 text-accent" aria-hidden /> Appointments turn into queue entries with one press
            </li>
            <li className="flex gap-3">
              <MonitorPlay className="mt-0.5 size-5 shrink-0 text-accent" aria-hidden /> A board for any screen with a browser
            </li>
          </ul>
        </div>
        <Screenshot name="queue" alt="The queue by station, with waiting times and who comes next" />
      </section>

      <section aria-labelledby="promises" className="border-y border-border bg-surface-sunken">
        <div className="mx-auto w-full max-w-6xl px-5 py-16">
          <h2 id="promises" className="text-2xl font-semibold tracking-tight">
            One hospital's data never reaches another
          </h2>
          <div className="mt-8 grid gap-8 md:grid-cols-3">
            {PROMISES.map(({ icon: Icon, title, text }) => (
              <div key={title}>
                <Icon className="size-6 text-accent" aria-hidden />
                <h3 className="mt-3 font-semibold">{title}</h3>
                <p className="mt-1 text-text-muted">{text}</p>
              </div>
            ))}
          </div>
        </div>
      </section>

      <section aria-labelledby="plans" className="mx-auto w-full max-w-6xl px-5 py-16">
        <h2 id="plans" className="mb-8 text-center text-2xl font-semibold tracking-tight">
          Paid by the month, ended when you like
        </h2>
        <PlanCards />
      </section>
    </>
  );
}
