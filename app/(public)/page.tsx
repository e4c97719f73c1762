import { clsx } from 'clsx';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { planHrefs } from '@/app/(public)/_marketing/plan-hrefs';
import { Questions } from '@/app/(public)/_marketing/questions';
import { Screenshot } from '@/app/(public)/_marketing/screenshot';
import { Button } from '@/components/ui/button';
import { Icon, type LucideName } from '@/components/ui/icon';
import { currencies } from '@/features/subscription/billing/catalog';
import { priceCents } from '@/features/subscription/billing/plans';
import { PlanCards } from '@/features/subscription/billing/ui/plan-cards';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { alternates: { canonical: paths.home } };

const STATIONS = [
  {
    title: 'Reception',
    mark: 'bg-station-reception',
    text: 'Find a patient by name, phone or number, or register one in half a minute without the mouse. One press puts them in the queue.',
  },
  {
    title: 'Optometry',
    mark: 'bg-station-optometry',
    text: 'See who waits and for how long, call the next token, and send the patient on: to the doctor, or to wait for the drops.',
  },
  {
    title: 'Doctor',
    mark: 'bg-station-doctor',
    text: 'Your day, your patients and what happened at the last visit. No two patients are ever given the same time with you.',
  },
  {
    title: 'Pharmacy',
    mark: 'bg-station-pharmacy',
    text: 'Stock by batch, the first to expire goes out first. What runs low or is about to expire marks itself.',
  },
] as const;

const PROMISES = [
  {
    icon: 'database',
    title: 'A database of your own',
    text: 'Your records are not rows in a table that you share. Each hospital has its own database and its own key to it, and the server refuses every other.',
  },
  {
    icon: 'key-round',
    title: 'Secrets stay encrypted',
    text: 'The way into your database is kept encrypted under a key that belongs to your hospital alone, and never reaches a browser.',
  },
  {
    icon: 'user-round-check',
    title: 'Access by role',
    text: 'Receptionist, optometrist, doctor, pharmacist: each sees what the work needs. A person who leaves is out at the next click.',
  },
  {
    icon: 'scroll-text',
    title: 'Who did what, and when',
    text: 'Each change, each opened chart and each refused attempt is written down with the person and the time.',
  },
] as const;

export default function LandingPage() {
  return (
    <>
      <section className="relative">
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-x-0 -top-18 h-[40rem] bg-linear-to-b from-accent-soft/70 to-transparent"
        />
        <div className="relative mx-auto w-full max-w-6xl px-5 pt-14 pb-20 text-center sm:pt-24">
          <h1 className="mx-auto max-w-4xl text-balance font-semibold text-4xl text-text leading-[1.08] tracking-tight sm:text-6xl">
            The software an eye hospital runs its day on
          </h1>
          <p className="mx-auto mt-6 max-w-2xl text-pretty text-lg text-text-muted leading-relaxed">
            Patients, appointments, and one queue from reception to optometry to doctor to pharmacy. Ready
            minutes after you sign up, in a database that is yours alone.
          </p>
          <div className="mt-9 flex flex-wrap justify-center gap-3">
            <Button asChild variant="primary" size="lg">
              <a href={paths.signup()}>Sign up your hospital</a>
            </Button>
            <Button asChild size="lg">
              <a href={paths.pricing}>See the plans</a>
            </Button>
          </div>
          <p className="mt-4 text-[0.8125rem] text-text-subtle">
            From {formatMoney(priceCents('starter', 'month', currencies().home) ?? 0, currencies().home)} a
            month. Nothing to install. Cancel whenever you like.
          </p>
          <Screenshot
            name="today"
            priority
            alt="The staff home of Chakravue: the day's numbers, the next appointments and who has waited longest"
            className="mx-auto mt-14 max-w-5xl"
          />
        </div>
      </section>

      <Band labelledBy="stations" sunken>
        <Heading
          id="stations"
          title="One patient, four desks, no paper in between"
          text="Each screen is made for one person at one station, and each knows where the patient goes next."
        />
        <ol className="mt-10 grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          {STATIONS.map(({ title, mark, text }, index) => (
            <li
              key={title}
              className="relative overflow-hidden rounded-xl border border-border bg-surface-raised p-5 pt-6 shadow-raised"
            >
              <span aria-hidden="true" className={clsx('absolute inset-x-0 top-0 h-1', mark)} />
              <p className="flex items-center gap-2.5 font-semibold text-base text-text">
                <span aria-hidden="true" className="text-text-subtle tabular">
                  {index + 1}
                </span>
                {title}
              </p>
              <p className="mt-2 text-pretty text-[0.9375rem] text-text-muted leading-relaxed">{text}</p>
            </li>
          ))}
        </ol>
      </Band>

      <Band labelledBy="queue">
        <Feature
          id="queue"
          title="Everybody looks at the same queue"
          text="A patient checked in at reception is on the optometrist's screen a moment later, with the time they have been waiting."
          points={[
            { icon: 'calendar-check', text: 'An appointment becomes a place in the queue with one press' },
            { icon: 'timer', text: 'Long waits turn amber, then red, before anybody has to complain' },
            { icon: 'monitor-play', text: 'A board for the waiting room shows tokens, never full names' },
          ]}
        >
          <Screenshot name="queue" alt="The queue by station, with waiting times and who comes next" />
        </Feature>
      </Band>

      <Band labelledBy="patients" className="pt-0">
        <Feature
          id="patients"
          flipped
          title="The right patient in three letters"
          text="Half a name, a phone number or the number on the card: press Ctrl and K anywhere and type."
          points={[
            { icon: 'search', text: 'Answers while you type, from every page' },
            { icon: 'user-round-check', text: 'A likely double is shown before it is registered twice' },
            { icon: 'printer', text: 'Slips and lists print clean, without the screen around them' },
          ]}
        >
          <Screenshot name="patients" alt="The list of patients with search, age, phone and last visit" />
        </Feature>
      </Band>

      <Band labelledBy="examination" className="pt-0">
        <Feature
          id="examination"
          title="An examination that is written once"
          text="Optometry measures, the doctor finds and signs, each in their own part of one page, at the same time."
          points={[
            {
              icon: 'eye',
              text: 'Acuity, refraction and pressure as numbers, with the last ones beside them',
            },
            { icon: 'list-checks', text: 'Diagnoses by name or ICD-10 code, each with its eye' },
            { icon: 'pen-line', text: 'What is signed is changed with a reason, and keeps what it said' },
          ]}
        >
          <Screenshot
            name="examination"
            alt="The examination of a visit: acuity and refraction of both eyes, pressure, findings and diagnoses"
          />
        </Feature>
      </Band>

      <Band labelledBy="reports" className="pt-0">
        <Feature
          id="reports"
          flipped
          title="Answers, not exports"
          text="Where patients wait, who comes again, who sees better than before: counted every day, opened at once."
          points={[
            { icon: 'chart-column', text: 'Each figure beside the period before it' },
            { icon: 'file-down', text: 'Every table for Excel or as CSV, every report on your letterhead' },
            { icon: 'mail', text: 'Sent by mail each morning or each week, to those who ask for it' },
          ]}
        >
          <Screenshot
            name="reports"
            alt="Advanced analytics: no-shows, waits, and patients by hour and station"
          />
        </Feature>
      </Band>

      <Band labelledBy="promises" sunken>
        <Heading
          id="promises"
          title="One hospital's data never reaches another"
          text="Not by a promise in a contract, but by how it is built."
        />
        <div className="mt-10 grid gap-x-10 gap-y-9 sm:grid-cols-2">
          {PROMISES.map(({ icon, title, text }) => (
            <div key={title} className="flex gap-4">
              <span
                aria-hidden="true"
                className="grid size-10 shrink-0 place-items-center rounded-lg bg-accent-soft text-accent"
              >
                <Icon of={icon} className="size-5" />
              </span>
              <div>
                <h3 className="font-semibold text-base text-text">{title}</h3>
                <p className="mt-1 text-pretty text-[0.9375rem] text-text-muted leading-relaxed">{text}</p>
              </div>
            </div>
          ))}
        </div>
      </Band>

      <Band labelledBy="plans">
        <Heading
          id="plans"
          centered
          title="Paid by the month, ended when you like"
          text="Every plan has every screen of the clinic."
        />
        <div className="mt-10">
          <PlanCards currencies={currencies()} hrefs={planHrefs} />
        </div>
      </Band>

      <Band labelledBy="questions" className="max-w-3xl pt-0">
        <Heading id="questions" centered title="Before you sign up" />
        <div className="mt-8">
          <Questions />
        </div>
      </Band>
    </>
  );
}

function Band({
  labelledBy,
  sunken = false,
  className = 'max-w-6xl',
  children,
}: {
  labelledBy: string;
  sunken?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section
      aria-labelledby={labelledBy}
      className={clsx(sunken && 'border-border border-y bg-surface-sunken')}
    >
      <div className={clsx('mx-auto w-full px-5 py-16 sm:py-20', className)}>{children}</div>
    </section>
  );
}

function Heading({
  id,
  title,
  text,
  centered = false,
}: {
  id: string;
  title: string;
  text?: string;
  centered?: boolean;
}) {
  return (
    <div className={clsx('max-w-2xl', centered && 'mx-auto text-center')}>
      <h2 id={id} className="font-semibold text-2xl text-text tracking-tight sm:text-3xl">
        {title}
      </h2>
      {text ? <p className="mt-3 text-pretty text-base text-text-muted">{text}</p> : null}
    </div>
  );
}

function Feature({
  id,
  title,
  text,
  points,
  flipped = false,
  children,
}: {
  id: string;
  title: string;
  text: string;
  points: readonly { icon: LucideName; text: string }[];
  flipped?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={clsx(
        'grid items-center gap-10 lg:gap-14',
        flipped ? 'lg:grid-cols-[3fr_2fr]' : 'lg:grid-cols-[2fr_3fr]',
      )}
    >
      <div className={clsx(flipped && 'lg:order-2')}>
        <Heading id={id} title={title} text={text} />
        <ul className="mt-7 grid gap-4">
          {points.map(({ icon, text: point }) => (
            <li key={point} className="flex items-start gap-3 text-[0.9375rem] text-text">
              <Icon of={icon} className="mt-0.5 size-5 shrink-0 text-accent" />
              {point}
            </li>
          ))}
        </ul>
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
