import { afterAll, beforeAll, expect, it } from 'vitest';
import { findFace } from '@/features/identity/face/queries';
import { removeFace, saveFace } from '@/features/identity/face/service';
import { letterheadInput } from '@/features/identity/papers/schema';
import { saveLetterhead } from '@/features/identity/papers/service';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { getOrganizationProfile } from './queries';
import { updateOrganizationInput } from './schema';
import { updateOrganization } from './service';

let ours: Awaited<ReturnType<typeof testOrganization>>;
let theirs: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  ours = await testOrganization();
  theirs = await testOrganization();
});
afterAll(async () => {
  await ours.dispose();
  await theirs.dispose();
  await closeConnections();
});

const input = (over: Record<string, string> = {}) =>
  updateOrganizationInput.omit({ version: true }).parse({
    organizationName: `Netra ${ours.organizationId}`,
    phone: '+977 1 4444 555',
    country: 'NP',
    timeZone: 'Asia/Kathmandu',
    ...over,
  });

it('saves the profile of the own organization and of no other', async () => {
  const before = await getOrganizationProfile(theirs.ctx('owner'));
  await updateOrganization(ours.ctx('owner'), input());
  expect(await getOrganizationProfile(ours.ctx('admin'))).toMatchObject(input());
  expect(await getOrganizationProfile(theirs.ctx('owner'))).toEqual(before);
});

it('refuses the name of another organization of the same country, however it is written', async () => {
  await updateOrganization(ours.ctx('owner'), input());
  const copy = input({ organizationName: ` nétra   ${ours.organizationId.toUpperCase()}` });
  await expect(updateOrganization(theirs.ctx('owner'), copy)).rejects.toMatchObject({
    code: 'CONFLICT',
    field: 'organizationName',
  });
  await updateOrganization(theirs.ctx('owner'), { ...copy, country: 'IN' });
});

it('stands on the sign-in page until a letterhead is written', async () => {
  const slug = `renamed-${Date.now().toString(36)}`;
  const nothing = { name: 'Old', secondName: '', lines: [], logo: '' };
  await saveFace(ours.ctx(), { slug, isOpen: true, fromName: undefined, replyTo: undefined }, nothing);
  try {
    const rename = (organizationName: string) => updateOrganization(ours.ctx(), input({ organizationName }));
    await rename(`New ${ours.organizationId}`);
    expect((await findFace(slug))?.name).toBe(`New ${ours.organizationId}`);
    const head = { name: 'Netralaya', size: 'A4', top: '9', bottom: '9', side: '9' };
    await saveLetterhead(ours.ctx(), letterheadInput.omit({ version: true }).parse(head));
    await rename(`Newer ${ours.organizationId}`);
    expect((await findFace(slug))?.name).toBe('Netralaya');
  } finally {
    await removeFace(ours.organizationId);
  }
});

it('refuses a time zone that does not exist', () => {
  expect(() => input({ timeZone: 'Asia/Nowhere' })).toThrow();
  expect(() => input({ timeZone: '' })).toThrow();
});
