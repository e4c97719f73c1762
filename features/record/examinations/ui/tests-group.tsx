'use client';
import { readTest, type TestBox, type TestGroup, type TestResults } from '../eye-tests';
import { EYES } from '../eyes';
import { testField } from '../fields';
import { type Measurements, SEEN_LABEL, type SeenWith } from '../policy';
import { EyeColumns, Folded, ReadField, Row } from './sheet';
import { otherOf, WithSource } from './source-field';

/** The fields of a group, by their names. */
export const testFieldsOf = ({ boxes }: TestGroup): string[] =>
  boxes.flatMap(({ key, of }) =>
    (of === 'eye' ? EYES : (['both'] as const)).map((eye) => testField(key, eye)),
  );

/** What is measured when somebody wants it, folded away until then; open where the sheet asks for it. */
export function TestsGroup({
  group,
  tests,
  sources,
  isAskedFor,
}: {
  group: TestGroup;
  tests: TestResults;
  sources: Measurements['sources'];
  isAskedFor: boolean;
}) {
  const { title, boxes } = group;
  const ofEye = boxes.filter((one) => one.of === 'eye');
  const ofBoth = boxes.filter((one) => one.of === 'both');
  const hasResults = boxes.some((one) => tests[one.key]);
  return (
    <Folded title={title} isOpen={isAskedFor || hasResults} names={testFieldsOf(group)}>
      {ofEye.length > 0 ? (
        <EyeColumns hasRows>
          {(eye) => ofEye.map((one) => <TestField key={one.key} box={one} {...{ eye, tests, sources }} />)}
        </EyeColumns>
      ) : null}
      {ofBoth.length > 0 ? (
        <div className="grid gap-2 md:max-w-[calc(50%+4rem)]">
          {ofBoth.map((one) => (
            <TestField key={one.key} box={one} eye="both" {...{ tests, sources }} />
          ))}
        </div>
      ) : null}
    </Folded>
  );
}

function TestField({
  box,
  eye,
  tests,
  sources,
}: {
  box: TestBox;
  eye: SeenWith;
  tests: TestResults;
  sources: Measurements['sources'];
}) {
  const name = testField(box.key, eye);
  const label = `${box.label}${box.unit ? `, ${box.unit}` : ''}`;
  const list = box.choices ? `test-choices-${box.key}-${eye}` : undefined;
  return (
    <Row label={box.short ? label.replace(box.label, box.short) : label}>
      <WithSource box={name} beside={otherOf(eye, (one) => testField(box.key, one))} sources={sources}>
        {list ? (
          <datalist id={list}>
            {box.choices?.map((text) => (
              <option key={text} value={text} />
            ))}
          </datalist>
        ) : null}
        <ReadField
          name={name}
          label={eye === 'both' ? label : `${SEEN_LABEL[eye]}, ${label.toLowerCase()}`}
          inputMode={box.range ? 'decimal' : 'text'}
          initial={tests[box.key]?.[eye] ?? ''}
          maxLength={200}
          {...(list ? { list } : {})}
          understood={(text) => {
            const read = readTest(box, text);
            return typeof read === 'string' ? read : text;
          }}
        />
      </WithSource>
    </Row>
  );
}
