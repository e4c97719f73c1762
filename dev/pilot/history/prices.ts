import { type Service, toService } from '@/features/cashier/price-list/dto';
import { priceModel, serviceModel } from '@/features/cashier/price-list/model';
import { EVERYBODY, NO_END } from '@/features/cashier/price-list/policy';
import { minorOf } from '@/lib/currency';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, shiftDay } from '@/lib/time';

/** In rupees and in dollars; a hospital of another country has its own list to write. */
export const PRICES: Readonly<Record<string, readonly [india: number, elsewhere: number]>> = {
  'CONS-NEW': [500, 180],
  'CONS-REV': [300, 110],
  'CONS-EMG': [1_000, 320],
  REG: [100, 0],
  REFR: [150, 60],
  IOP: [200, 40],
  GONIO: [400, 70],
  PACHY: [400, 50],
  FIELD: [1_200, 140],
  'OCT-MAC': [1_500, 190],
  'OCT-NERVE': [1_500, 190],
  FUNDUS: [800, 90],
  FFA: [2_500, 310],
  BIOM: [700, 120],
  BSCAN: [1_000, 150],
  TOPO: [1_200, 130],
  SPEC: [800, 110],
  'YAG-CAP': [3_500, 650],
  'YAG-PI': [3_500, 700],
  PRP: [5_000, 900],
  IVT: [6_000, 600],
  FB: [600, 220],
  SYR: [500, 160],
  CHAL: [2_500, 450],
  PHACO: [38_000, 3_900],
  SICS: [18_000, 3_400],
  PTER: [15_000, 2_200],
  DAYCARE: [1_500, 400],
  CERT: [200, 30],
  'CERT-VIS': [150, 25],
};

/** What prices were in the years before, as a share of today's. */
const EARLIER = [1, 0.92, 0.85, 0.8];
const SCALE = 10;

type Span = { from: Day; to: Day; amountMinor: number };
type Listed = Service & { spans: Span[] };
type ServiceOfDay = Service & { amountMinor: number };

/** The list as it was over the years: each April what things cost was raised. */
export class PriceHistory {
  readonly #byCode = new Map<string, Listed>();

  constructor(readonly ctx: TenantContext) {}

  /**
   * Writes the prices since a day for services that never had one.
   * @returns false where the list has prices: what was sold at them is not for us to say.
   */
  async open(first: Day, present: Day, currency: string): Promise<boolean> {
    if (await priceModel(this.ctx).exists({})) return false;
    const services = await serviceModel(this.ctx).find({}).lean();
    const isIndia = this.ctx.organization.country === 'IN';
    const aprils = [-2, -1, 0]
      .map((years) => `${Number(present.slice(0, 4)) + years}-04-01`)
      .filter((day) => day > first && day <= present);
    const begins = [first, ...aprils];
    const rows = services.flatMap((service) => {
      const now = PRICES[service.code]?.[isIndia ? 0 : 1];
      if (!now) return [];
      const spans = begins.map((from, index): Span => {
        const share = EARLIER[begins.length - 1 - index] ?? 1;
        const price = share === 1 ? now : Math.max(SCALE, Math.round((now * share) / SCALE) * SCALE);
        const next = begins[index + 1];
        const amountMinor = minorOf(String(price), currency) ?? 0;
        return { from, to: next ? shiftDay(next, -1) : NO_END, amountMinor };
      });
      this.#byCode.set(service.code, { ...toService(service), spans });
      return spans.map((span) => ({
        ...{ ...span, serviceId: service._id, payer: EVERYBODY, isInclusive: false },
        byName: this.ctx.actor.name,
      }));
    });
    await priceModel(this.ctx).insertMany(rows);
    return rows.length > 0;
  }

  /** A service as it was on a day; null where the list has none. */
  on(code: string, day: Day): ServiceOfDay | null {
    const service = this.#byCode.get(code);
    const span = service?.spans.find(({ from, to }) => from <= day && day <= to);
    return service && span ? { ...service, amountMinor: span.amountMinor } : null;
  }
}
