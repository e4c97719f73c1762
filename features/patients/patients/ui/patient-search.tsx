'use client';
import { useRouter } from 'next/navigation';
import { SearchInput } from '@/components/ui/search-input';
import { paths } from '@/lib/paths';

/** Finds patients while typing; Enter opens the first hit, the down arrow goes to the list. */
export function PatientSearch() {
  const router = useRouter();
  const openFirst = async (words: string) => {
    const response = await fetch(`${paths.patientSearch}?${new URLSearchParams({ q: words })}`).catch(
      () => null,
    );
    const answer: { patients: { id: string }[] } = response?.ok ? await response.json() : { patients: [] };
    const [first] = answer.patients;
    if (first) router.push(paths.patient(first.id));
  };
  return (
    <SearchInput label="Search patients" placeholder="Name, phone or number" autoFocus onEnter={openFirst} />
  );
}
