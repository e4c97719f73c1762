'use client';
import { clsx } from 'clsx';
import { useRouter } from 'next/navigation';
import { type DragEvent, useRef, useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import { later } from '@/components/ui/later';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import type { DeviceFile } from '../readings';
import type { DevicePatient } from './readings-form';
import { WatchFolder } from './watch-folder';

// Fetched once a file was dropped.
const ReadingsForm = later(() => import('./readings-form').then((file) => file.ReadingsForm));

type MeasuredDocument = { id: string; name: string; measures: number; day: string };
type Dropped = { key: string; name: string; content: string; file: DeviceFile };

const valuesText = (measures: number): string =>
  measures === 1 ? 'Read 1 value' : `Read ${measures} values`;

/** Files of a refractometer, lensmeter or tonometer, dropped on the visit: read here, accepted one by one. */
export function DeviceDrop({
  visitId,
  version,
  patient,
  sheet,
  documents,
  open,
}: {
  visitId: string;
  version: number;
  patient: DevicePatient;
  /** The sheet that was chosen by hand, which stays. */
  sheet: string;
  /** Of the patient, those that a device has measured, the newest first. */
  documents: readonly MeasuredDocument[];
  /** The one whose readings are shown. */
  open: { fileId: string; name: string; file: DeviceFile } | null;
}) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [dropped, setDropped] = useState<Dropped[]>([]);
  const [problems, setProblems] = useState<string[]>([]);
  const read = async (files: readonly File[]) => {
    const [{ decodeText }, { readDeviceFile }] = await Promise.all([import('../xml'), import('../readings')]);
    const found: Dropped[] = [];
    const refused: string[] = [];
    for (const one of files) {
      const content =
        one.size <= 1024 * 1024
          ? decodeText(new Uint8Array(await one.arrayBuffer())).replace(/^\ufeff/, '')
          : '';
      const file = readDeviceFile(content);
      if ('problem' in file) refused.push(`${one.name}: ${file.problem}`);
      else found.push({ key: crypto.randomUUID(), name: one.name, content, file });
    }
    setDropped((all) => [...all, ...found]);
    setProblems(refused);
  };
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button does the same
    <div
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        void read([...event.dataTransfer.files]);
      }}
    >
      <Section
        title="From a device"
        className={clsx(isOver && 'ring-2 ring-accent')}
        actions={
          <>
            <WatchFolder onFiles={(files) => void read(files)} />
            <Button size="sm" onClick={() => input.current?.click()}>
              <Icon of="scan-eye" /> Read a file
            </Button>
          </>
        }
      >
        <input
          ref={input}
          type="file"
          multiple
          accept=".xml,text/xml,application/xml"
          aria-label="Choose the file of a device"
          className="sr-only"
          tabIndex={-1}
          onChange={({ target }) => {
            void read([...(target.files ?? [])]);
            target.value = '';
          }}
        />
        <div className="grid gap-3">
          {problems.map((text) => (
            <Alert key={text} live tone="danger">
              {text}
            </Alert>
          ))}
          {documents.length > 0 ? (
            <ul aria-label="Documents with values" className="grid gap-1.5">
              {documents.map(({ id, name, measures, day }) => (
                <li key={id} className="flex flex-wrap items-center justify-between gap-2 text-[0.8125rem]">
                  <span className="min-w-0 break-words text-text-muted">
                    {name}, {day}
                  </span>
                  <Link
                    href={withQuery(paths.visit(visitId), { sheet, readings: id })}
                    scroll={false}
                    aria-label={`${valuesText(measures)} of ${name}`}
                    className={buttonClass({ size: 'sm' })}
                  >
                    {valuesText(measures)}
                  </Link>
                </li>
              ))}
            </ul>
          ) : null}
          {open ? (
            <ReadingsForm
              key={open.fileId}
              {...{ visitId, version, patient }}
              name={open.name}
              from={{ fileId: open.fileId }}
              file={open.file}
              onDone={() => router.replace(withQuery(paths.visit(visitId), { sheet }), { scroll: false })}
            />
          ) : null}
          {dropped.map(({ key, content, ...one }) => (
            <ReadingsForm
              key={key}
              {...{ visitId, version, patient }}
              {...one}
              from={{ content }}
              onDone={() => setDropped((all) => all.filter((other) => other.key !== key))}
            />
          ))}
          {dropped.length === 0 && problems.length === 0 && !open ? (
            <p className="text-[0.8125rem] text-text-muted">
              Drop a file of a refractometer, lensmeter or tonometer here (NIDEK, Topcon, JOIA). Put a DICOM
              file among the documents: what it has measured is then listed here. Nothing is stored before you
              accept it.
            </p>
          ) : null}
        </div>
      </Section>
    </div>
  );
}
