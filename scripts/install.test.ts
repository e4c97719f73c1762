import { describe, expect, it } from 'vitest';
import { checkNode, nodeAdvice } from './lib/install.mjs';

describe('the version of Node', () => {
  it('is refused below 20.19 with a sentence that names both', () => {
    for (const old of ['18.20.4', '20.18.9', '0.12.0'])
      expect(() => checkNode(old)).toThrow(`Node ${old} is too old; Chakravue needs 20.19 or newer.`);
    for (const fine of ['20.19.0', '20.20.2', '22.0.0', '24.11.1'])
      expect(() => checkNode(fine)).not.toThrow();
  });

  it('is advised against below 22, and not from there on', () => {
    expect(nodeAdvice('20.19.0')).toContain('Node 24 is recommended');
    expect(nodeAdvice('21.7.3')).toContain('Node 21.7.3 works');
    expect(nodeAdvice('22.0.0')).toBeNull();
    expect(nodeAdvice('24.11.1')).toBeNull();
  });
});
