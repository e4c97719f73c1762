import 'server-only';
import { contactTextsOf } from '@/features/patients/patients/keys';
import { contactTokens } from '@/features/patients/patients/tokens';
import { withFieldCipher } from '@/lib/crypto/field-cipher';
import { tenantDefinitionOf } from '@/lib/tenancy/define-tenant-model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { resealPasses } from './reseal';
import { type Pass, type Raw, type WalkProgress, walk } from './walk';

const CONTACTS = ['phone', 'alternatePhone', 'email'] as const;

/** Patients get the tokens that their contacts are found by, and lose the digits in the clear. */
function tokenPass(organizationId: string): Pass {
  const definition = tenantDefinitionOf('patients');
  const openContacts = (rows: readonly Raw[]) =>
    withFieldCipher(organizationId, (cipher) =>
      rows.map((row) => {
        const open = (path: (typeof CONTACTS)[number]): string | undefined => {
          const stored: unknown = row[path];
          if (typeof stored !== 'string' || stored === '') return undefined;
          return cipher.open({ collection: 'patients', path, id: row._id.toString() }, stored);
        };
        return { phone: open('phone') ?? '', alternatePhone: open('alternatePhone'), email: open('email') };
      }),
    );
  return {
    name: 'tokens of patients',
    definition,
    fields: [...CONTACTS, 'phoneKeys', 'contactTokens'],
    changesOf: async (rows) => {
      const old = rows.filter((row) => row.phoneKeys || !row.contactTokens);
      const contacts = await openContacts(old);
      return Promise.all(
        old.map(async (row, index) => {
          const texts = contactTextsOf(contacts[index] ?? { phone: '' });
          const was = Object.fromEntries(CONTACTS.flatMap((path) => (row[path] ? [[path, row[path]]] : [])));
          return {
            updateOne: {
              filter: { _id: row._id, ...was },
              update: {
                $set: { contactTokens: await contactTokens(organizationId, texts) },
                $unset: { phoneKeys: '' },
              },
            },
          };
        }),
      );
    },
  };
}

/**
 * Version 3: sensitive fields become ciphertext, and phones and e-mail addresses are found by blind tokens.
 */
export async function sealPatientFields(db: TenantDatabase, progress: WalkProgress): Promise<void> {
  const { organizationId } = db;
  // The tokens first: as soon as a number is sealed it must still be found.
  const tokens = tokenPass(organizationId);
  await walk(db, [tokens, ...resealPasses(organizationId)], progress);
  const patients = db.model(tokens.definition).collection;
  const indexes = await patients.indexes();
  if (indexes.some(({ name }) => name === 'phoneKeys_1')) await patients.dropIndex('phoneKeys_1');
}
