import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeNext } from './safe-next';

describe('where one goes after signing in', () => {
  it.each([
    '/today',
    '/patients?q=asha%20rao&page=2',
    '/visits/64b000000000000000000000#refraction',
    '/patients?next=https%3A%2F%2Fevil.test',
    '/settings/account',
  ])('may be the page %s', (address) => {
    expect(safeNext(address)).toBe(address);
  });

  it.each([
    '',
    'today',
    '//evil.test',
    '///evil.test',
    '\\evil.test',
    '\\\\evil.test',
    '/\\evil.test',
    '/\\/evil.test',
    '/%2f%2fevil.test',
    '/%2Fevil.test',
    '%2f%2fevil.test',
    '/%5cevil.test',
    '/%255cevil.test',
    '/%252fevil.test',
    '/.//evil.test',
    '/a/..//evil.test',
    '/\t/evil.test',
    '/\n/evil.test',
    '/%09/evil.test',
    '/%0d%0aSet-Cookie:a=b',
    ' //evil.test',
    '/%',
    '/%zz',
    'https://evil.test',
    'http:evil.test',
    'https:/evil.test',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    '@evil.test',
    '/api/patients/export',
    '/API/auth/signout',
    `/${'a'.repeat(3_000)}`,
  ])('is never %j', (address) => {
    expect(safeNext(address)).toBeNull();
  });

  it('is fit for a header, in whatever letters it is written', () => {
    for (const [given, wanted] of [
      ['/。x', '/%E3%80%82x'],
      ['/patients?q=आशा', '/patients?q=%E0%A4%86%E0%A4%B6%E0%A4%BE'],
      ['/today#नोट', '/today#%E0%A4%A8%E0%A5%8B%E0%A4%9F'],
      ['/\ud800', '/%EF%BF%BD'],
      ['/Ａ／／evil.test', '/%EF%BC%A1%EF%BC%8F%EF%BC%8Fevil.test'],
    ] as const) {
      expect(safeNext(given)).toBe(wanted);
      expect(() => new Response(null, { headers: { location: safeNext(given) ?? '' } })).not.toThrow();
    }
  });

  it('is one piece of text', () => {
    expect(safeNext(undefined)).toBeNull();
    expect(safeNext(['/today', '/today'])).toBeNull();
    expect(safeNext({ toString: () => '/today' })).toBeNull();
  });

  it('stays on this origin whatever is given', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '//',
      '%2f',
      '%5c',
      '.',
      '..',
      '@',
      ':',
      'evil.test',
      '\t',
      '?',
      '#',
      'a',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (parts) => {
        const next = safeNext(`/${parts.join('')}`);
        if (next === null) return;
        expect(new URL(next, 'https://app.test/login').origin).toBe('https://app.test');
        expect(new URL(decodeURIComponent(next.split(/[?#]/)[0] ?? ''), 'https://app.test').origin).toBe(
          'https://app.test',
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
