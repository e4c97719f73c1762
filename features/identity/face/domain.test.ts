import { describe, expect, it } from 'vitest';
import { checkDomain, type DomainRecords, isOwnDomain } from './domain';

const TARGET = 'ours.example';

describe('a domain of its own', () => {
  it.each(['care.hospital.com', 'a.b.hospital.co.in', 'eye-care.hospital.org'])('may be %s', (domain) =>
    expect(isOwnDomain(domain, TARGET)).toBe(true),
  );

  it.each([
    ...['hospital.com', 'localhost', '10.0.0.1', 'care.hospital.com:443', 'care.hospital.com/x'],
    ...['care..com', '-a.hospital.com', 'xn--80ak6aa92e.hospital.com', 'login.ours.example'],
    ...['Care.hospital.com', `${'a'.repeat(64)}.hospital.com`, ''],
  ])('may not be %s', (domain) => expect(isOwnDomain(domain, TARGET)).toBe(false));

  const asked: string[] = [];
  const records = (facts: { proof?: boolean; alias?: string | null } = {}): DomainRecords => ({
    hasProof: async () => {
      asked.push('proof');
      return facts.proof ?? true;
    },
    alias: async () => {
      asked.push('alias');
      return facts.alias === undefined ? 'Ours.example' : facts.alias;
    },
  });
  const check = (given: DomainRecords, isServing = true, domain = 'care.hospital.com') => {
    asked.length = 0;
    return checkDomain({ domain, token: 't', target: TARGET }, given, { isServing: async () => isServing });
  };

  it('is served once its name, proof, alias and certificate are right', async () => {
    expect((await check(records())).every(({ isRight }) => isRight)).toBe(true);
    expect((await check(records(), false)).at(-1)).toEqual({ what: 'front', isRight: false });
  });

  it('of somebody who has not shown that it is theirs is looked at no further', async () => {
    expect((await check(records({ proof: false }))).at(-1)).toEqual({ what: 'proof', isRight: false });
    expect(asked).toEqual(['proof']);
    expect((await check(records({ alias: 'elsewhere.example' }))).at(-1)).toMatchObject({ what: 'alias' });
    expect(await check(records(), true, '10.0.0.1')).toEqual([{ what: 'name', isRight: false }]);
  });
});
