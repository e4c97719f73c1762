import { expect, it } from 'vitest';
import { csvLine } from './csv';

it('quotes what needs quotes and disarms what a spreadsheet would run', () => {
  expect(csvLine(['a', 'b,c', 'say "hi"', 1, null, true])).toBe('a,"b,c","say ""hi""",1,,true\r\n');
  expect(csvLine(['=HYPERLINK("x")', '+1+1', '@x', '-1-1'])).toBe(
    '"\'=HYPERLINK(""x"")",\'+1+1,\'@x,-1-1\r\n',
  );
  expect(csvLine(['+91 98450 11111'])).toBe('+91 98450 11111\r\n');
});
