import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { escapeRegExp } from './mongo';

it.each(['(a+)+$', '[', 'a.b*c', '/e\0', '\\'])(
  'searches for %j as it is written, and can be sent',
  (text) => {
    const pattern = new RegExp(`^${escapeRegExp(text)}`);
    expect(pattern.test(text.replaceAll('\0', ''))).toBe(true);
    expect(() => mongoose.mongo.BSON.serialize({ pattern })).not.toThrow();
  },
);
