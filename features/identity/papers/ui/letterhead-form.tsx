'use client';
import { useRef, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import {
  FormCheckbox,
  FormCheckboxes,
  FormField,
  FormSelect,
  FormTextarea,
  useField,
} from '@/components/forms/form-field';
import { sayTyped } from '@/components/forms/text-file-field';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { optionsOf } from '@/components/ui/select';
import { PAPER_SIZES } from '@/lib/paper';
import { keysOf } from '@/lib/query-words';
import { saveLetterheadAction } from '../actions';
import { KEPT_LOGO, MOST_LOGO_FILE_BYTES, papersIn, VISIT_PAPERS, type VisitPaper } from '../policy';
import type { Letterhead } from '../queries';
import { shrinkLogo } from './shrink-logo';

const schema = async () => (await import('../schema')).letterheadInput;
/** What browsers show while it is chosen; the stored one is a PNG. */
const KINDS = { iVBORw0KGgo: 'image/png', '/9j/': 'image/jpeg' } as const;
const kindOf = (logo: string): string =>
  Object.entries(KINDS).find(([start]) => logo.startsWith(start))?.[1] ?? 'image/svg+xml';

/** What stands at the top of each paper, and where on the sheet it begins. */
export function LetterheadForm({ letterhead, version }: { letterhead: Letterhead; version: string }) {
  return (
    <ActionForm
      action={saveLetterheadAction}
      schema={schema}
      label="Letterhead"
      draft={{ form: 'letterhead', version }}
    >
      <LogoField initial={letterhead.logo} />
      <FormField name="name" label="Name" defaultValue={letterhead.name} required maxLength={120} />
      <FormField
        name="secondName"
        label="Name in another script"
        help="As it stands on the building: శ్రీ నేత్రాలయ"
        defaultValue={letterhead.secondName}
        maxLength={120}
      />
      <FormTextarea
        name="address"
        label="Address"
        rows={3}
        defaultValue={letterhead.address}
        maxLength={300}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <FormField name="phone" label="Phone and e-mail" defaultValue={letterhead.phone} maxLength={60} />
        <FormField
          name="registration"
          label="Registration numbers"
          help="Of the hospital, GST, drug licence"
          defaultValue={letterhead.registration}
          maxLength={120}
        />
      </div>
      <FormTextarea
        name="doctors"
        label="Doctors"
        help="A line each, with degrees, as they stand on your paper"
        rows={3}
        defaultValue={letterhead.doctors}
        maxLength={400}
      />
      <FormField
        name="openingHours"
        label="Opening hours"
        placeholder="Monday to Saturday 9:00 to 18:00"
        defaultValue={letterhead.openingHours}
        maxLength={120}
      />
      <FormField
        name="footer"
        label="Line at the foot"
        help="For example: In an emergency call 98450 12345"
        defaultValue={letterhead.footer}
        maxLength={160}
      />
      <div className="grid gap-5 sm:grid-cols-4">
        <FormSelect
          name="size"
          label="Paper"
          options={optionsOf(PAPER_SIZES)}
          defaultValue={letterhead.size}
          required
        />
        <FormField
          name="top"
          label="Top margin"
          after="mm"
          inputMode="numeric"
          defaultValue={letterhead.top}
          required
        />
        <FormField
          name="bottom"
          label="Bottom margin"
          after="mm"
          inputMode="numeric"
          defaultValue={letterhead.bottom}
          required
        />
        <FormField
          name="side"
          label="Side margin"
          after="mm"
          inputMode="numeric"
          defaultValue={letterhead.side}
          required
        />
      </div>
      <FormCheckbox
        name="isPreprinted"
        label="Our paper has the head on it already"
        help="Nothing is printed at the top; the top margin keeps its place free."
        defaultChecked={letterhead.isPreprinted}
      />
      <FormField
        name="glassesMonths"
        label="Glasses are valid for"
        help="What a new prescription of glasses begins with"
        after="months"
        inputMode="numeric"
        defaultValue={letterhead.glassesMonths}
        fieldClassName="sm:max-w-48"
        required
      />
      <VisitPapersField chosen={papersIn(letterhead.visitPapers)} />
      <FormActions>
        <SubmitButton pendingLabel="Saving">Save letterhead</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** What leaves the printer with one press at the end of a visit. */
function VisitPapersField({ chosen }: { chosen: readonly VisitPaper[] }) {
  return (
    <FormCheckboxes
      name="visitPapers"
      label="Printed at the end of a visit"
      help="Together, with one press on the page of the visit. What a visit does not have is left out."
      options={keysOf(VISIT_PAPERS).map((paper) => ({ value: paper, label: VISIT_PAPERS[paper] }))}
      defaultValue={chosen}
    />
  );
}

function LogoField({ initial }: { initial: string }) {
  const field = useField('logo', 'Logo');
  const [logo, setLogo] = useState(field.kept ?? (initial ? KEPT_LOGO : ''));
  const [problem, setProblem] = useState<string | undefined>();
  const input = useRef<HTMLInputElement>(null);
  const shown = logo === KEPT_LOGO ? initial : logo;
  const change = (next: string) => {
    setProblem(undefined);
    setLogo(next);
    sayTyped(input.current);
  };
  const choose = async (file: File | undefined) => {
    if (!file) return;
    const isPicture = /^image\/(?:png|jpeg|svg\+xml)$/.test(file.type) && file.size <= MOST_LOGO_FILE_BYTES;
    const drawn = isPicture ? await shrinkLogo(file).catch(() => '') : '';
    if (drawn) change(drawn);
    else setProblem('Choose a PNG, a JPEG or an SVG of at most 10 MB.');
  };
  return (
    <Field
      label="Logo"
      help="PNG, JPEG or SVG. It is drawn again as a picture, at most 480 pixels wide."
      id={field.id}
      error={problem ?? field.error}
    >
      {(control) => (
        <div className="flex flex-wrap items-center gap-3">
          {shown ? (
            // biome-ignore lint/performance/noImgElement: it is nowhere but in this form
            <img
              src={`data:${kindOf(shown)};base64,${shown}`}
              alt="The logo"
              className="size-12 object-contain"
            />
          ) : null}
          <input
            {...control}
            ref={input}
            type="file"
            accept="image/png,image/jpeg,image/svg+xml"
            className="text-sm text-text-muted"
            onChange={(event) => void choose(event.target.files?.[0])}
          />
          {shown ? (
            <Button
              size="sm"
              onClick={() => {
                if (input.current) input.current.value = '';
                change('');
              }}
            >
              Remove the logo
            </Button>
          ) : null}
          <input type="hidden" name="logo" value={logo} readOnly />
        </div>
      )}
    </Field>
  );
}
