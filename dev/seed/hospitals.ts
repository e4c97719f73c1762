import type { PlanId } from '@/lib/master/vocabulary';
import type { Person } from './context';

export type Hospital = {
  name: string;
  plan: Exclude<PlanId, 'enterprise'>;
  country: string;
  timeZone: string;
  phone: string;
  /** Null for one that shows its own name and no more. */
  face: {
    slug: string;
    secondName: string;
    address: string;
    registration: string;
    openingHours: string;
  } | null;
  /** The owner first. */
  staff: Person[];
  /** Visits of the two years before today. */
  visits: number;
  /** Where those patients live, and how their telephone numbers begin. */
  home: { cities: string[]; phonePrefix: string };
  /** What the patients of today are called and where they live. */
  people: { firstNames: string[]; lastNames: string[]; cities: string[]; phonePrefix: string };
};

/** Two hospitals of different size, plan, country and time zone. */
export const HOSPITALS: Hospital[] = [
  {
    name: 'Aravali Eye Hospital',
    plan: 'professional',
    country: 'IN',
    timeZone: 'Asia/Kolkata',
    phone: '+91 141 555 0100',
    face: {
      slug: 'aravali',
      secondName: 'अरावली नेत्र चिकित्सालय',
      address: '14, Tonk Road\nJaipur 302015',
      registration: 'Reg. RJ/CE/2019/0417, GSTIN 08AAACA1234A1Z5',
      openingHours: 'Every day 9:00 to 17:00',
    },
    visits: 10_000,
    home: { cities: ['Jaipur', 'Ajmer', 'Sikar', 'Alwar', 'Tonk', 'Dausa'], phonePrefix: '+91 9460' },
    staff: [
      { role: 'owner', name: 'Dr Kavita Sharma', email: 'owner@aravali.test' },
      { role: 'admin', name: 'Nikhil Joshi', email: 'admin@aravali.test' },
      { role: 'doctor', name: 'Dr Arjun Mehta', email: 'doctor@aravali.test', room: 'Room 2' },
      { role: 'doctor', name: 'Dr Sana Qureshi', email: 'doctor2@aravali.test', room: 'Room 3' },
      { role: 'optometrist', name: 'Priya Menon', email: 'optometrist@aravali.test' },
      { role: 'receptionist', name: 'Ramesh Gupta', email: 'receptionist@aravali.test' },
      { role: 'receptionist', name: 'Neha Verma', email: 'receptionist2@aravali.test' },
      { role: 'pharmacist', name: 'Farah Khan', email: 'pharmacist@aravali.test' },
      { role: 'cashier', name: 'Deepa Pillai', email: 'cashier@aravali.test' },
    ],
    people: {
      firstNames: [
        'Lakshmi',
        'Rajesh',
        'Anjali',
        'Vikram',
        'Meena',
        'Suresh',
        'Pooja',
        'Imran',
        'Geeta',
        'Harish',
        'Zoya',
        'Mohan',
      ],
      lastNames: ['Iyer', 'Patel', 'Singh', 'Reddy', 'Das', 'Nair', 'Chauhan', 'Ansari', 'Rathore', 'Bose'],
      cities: ['Jaipur', 'Ajmer', 'Sikar', 'Alwar'],
      phonePrefix: '+91 98290',
    },
  },
  {
    name: 'Lakeside Eye Clinic',
    plan: 'starter',
    country: 'US',
    timeZone: 'America/New_York',
    phone: '+1 716 555 0100',
    face: {
      slug: 'lakeside',
      secondName: 'Clínica de Ojos Lakeside',
      address: '220 Delaware Avenue\nBuffalo, NY 14202',
      registration: 'NPI 1093817465',
      openingHours: 'Every day 9 am to 5 pm',
    },
    visits: 1_200,
    home: { cities: ['Buffalo', 'Amherst', 'Cheektowaga', 'Tonawanda'], phonePrefix: '+1 716 3' },
    staff: [
      { role: 'owner', name: 'Dr Emily Carter', email: 'owner@lakeside.test' },
      { role: 'doctor', name: 'Dr Luis Ortega', email: 'doctor@lakeside.test' },
      { role: 'optometrist', name: 'Hannah Lee', email: 'optometrist@lakeside.test' },
      { role: 'receptionist', name: 'Tom Becker', email: 'receptionist@lakeside.test' },
      { role: 'pharmacist', name: 'Grace Okafor', email: 'pharmacist@lakeside.test' },
    ],
    people: {
      firstNames: ['Olivia', 'James', 'Sophia', 'Robert', 'Maria', 'William', 'Linda', 'Daniel', 'Nora'],
      lastNames: ['Anderson', 'Brooks', 'Coleman', 'Diaz', 'Edwards', 'Foster'],
      cities: ['Buffalo', 'Amherst', 'Cheektowaga'],
      phonePrefix: '+1 716 5',
    },
  },
];
