'use client';
import { ACUITY_METHODS, METHOD_LABEL, type Notation } from '../acuity';
import { acuityChoices, acuityShown, readAcuity } from '../acuity-reading';
import { acuityField, nearField } from '../fields';
import { NEAR_CHOICES, NEAR_LABEL, NEAR_METHODS, nearShown, readNearAcuity } from '../near';
import { bestReading, type Measurements, SEEN_LABEL, type SeenWith } from '../policy';
import { type Earlier, LastTime } from './last-time';
import { EyeColumns, Folded, Group, ReadField, Row } from './sheet';
import { otherOf, WithSource } from './source-field';

export const ACUITY_LIST = 'acuity-choices';
const NEAR_LIST = 'near-choices';

/** An acuity as it will be stored, in the notation of the house. */
export const understoodAcuity = (notation: Notation) => (typed: string) => {
  const read = readAcuity(typed);
  return 'problem' in read ? typed : acuityShown(read, notation);
};
const understoodNear = (typed: string) => {
  const read = readNearAcuity(typed);
  return 'problem' in read ? typed : nearShown(read);
};

type Props = { measurements: Measurements; earlier: Earlier | null; notation: Notation };

/** Far and near, with each correction, of each eye and of both. */
export function AcuityGroup({ measurements, earlier, notation }: Props) {
  const understood = understoodAcuity(notation);
  const far = (eye: SeenWith) =>
    ACUITY_METHODS.map((method) => {
      const value = measurements[eye]?.acuity[method];
      return (
        <Row key={method} label={METHOD_LABEL[method]}>
          <WithSource
            box={acuityField(eye, method)}
            beside={otherOf(eye, (one) => acuityField(one, method))}
            sources={measurements.sources}
          >
            <ReadField
              name={acuityField(eye, method)}
              label={`${SEEN_LABEL[eye]}, ${METHOD_LABEL[method].toLowerCase()}`}
              initial={value ? acuityShown(value, notation) : ''}
              list={ACUITY_LIST}
              understood={understood}
            />
          </WithSource>
        </Row>
      );
    });
  const near = (eye: SeenWith) =>
    NEAR_METHODS.map((method) => {
      const value = measurements[eye]?.near?.[method];
      return (
        <Row key={method} label={NEAR_LABEL[method]}>
          <ReadField
            name={nearField(eye, method)}
            label={`${SEEN_LABEL[eye]}, ${NEAR_LABEL[method].toLowerCase()}`}
            initial={value ? nearShown(value) : ''}
            list={NEAR_LIST}
            understood={understoodNear}
          />
        </Row>
      );
    });
  const hasNear = (['right', 'left'] as const).some((eye) => measurements[eye].near);
  return (
    <Group
      legend="Visual acuity"
      last={
        <LastTime
          earlier={earlier}
          text={(eye) => {
            const best = earlier && bestReading(earlier.measurements, eye);
            return best ? acuityShown(best, notation) : null;
          }}
        />
      }
    >
      <datalist id={ACUITY_LIST}>
        {acuityChoices(notation).map((text) => (
          <option key={text} value={text} />
        ))}
      </datalist>
      <datalist id={NEAR_LIST}>
        {NEAR_CHOICES.map((text) => (
          <option key={text} value={text} />
        ))}
      </datalist>
      <EyeColumns hasRows>{far}</EyeColumns>
      <Folded title="Near vision" isOpen={hasNear}>
        <EyeColumns hasRows>{near}</EyeColumns>
      </Folded>
      <Folded title="Both eyes open" isOpen={measurements.both !== undefined}>
        <div className="grid gap-2 md:max-w-[calc(50%+4rem)]">
          {far('both')}
          {near('both')}
        </div>
      </Folded>
    </Group>
  );
}
