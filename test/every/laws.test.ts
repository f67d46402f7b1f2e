import * as hedgerow from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { subjects } from '../support/estimators.js';
import { laws } from '../support/laws.js';

/** Exported classes that take observations. */
const streaming = Object.entries(hedgerow)
  .filter(([, value]) => typeof value === 'function' && typeof value.prototype?.push === 'function')
  .map(([name]) => name);

it('knows every exported class that takes observations', () => {
  expect([...new Set(subjects.map(({ name }) => name))].sort()).toEqual(streaming.sort());
});

for (const law of laws) {
  describe(law.name, () => {
    subjects.forEach((subject, i) => {
      it(`${subject.name} (${i})`, () => law.check(subject));
    });
  });
}
