import { describe, expect, it } from 'vitest';
import { mailboxKey } from './email-key';

describe('mailboxKey', () => {
  it('is the same for the ways to write one mailbox', () => {
    for (const email of [
      'Meera.Nair+eyes@Gmail.com',
      'meeranair@googlemail.com',
      ' m.e.e.r.a.nair@gmail.com ',
    ])
      expect(mailboxKey(email)).toBe('meeranair@gmail.com');
    expect(mailboxKey('Owner+trial2@Hospital.test')).toBe('owner@hospital.test');
  });
  it('keeps apart what other providers keep apart', () => {
    expect(mailboxKey('a.b@hospital.test')).not.toBe(mailboxKey('ab@hospital.test'));
    expect(mailboxKey('a@one.test')).not.toBe(mailboxKey('a@two.test'));
  });
});
