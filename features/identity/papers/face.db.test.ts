import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { faceModel } from '@/features/identity/face/model';
import { findFace, getFaceForm, mailSender } from '@/features/identity/face/queries';
import { saveFaceInput } from '@/features/identity/face/schema';
import { followLetterhead, removeFace, saveFace } from '@/features/identity/face/service';
import { composeMail } from '@/lib/mail/compose';
import { revisionOf } from '@/lib/revision';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { redrawLogo } from './logo';
import { faceOf, getLetterhead } from './queries';
import { letterheadInput } from './schema';
import { saveLetterhead } from './service';

type Organization = Awaited<ReturnType<typeof testOrganization>>;
let ours: Organization;
let theirs: Organization;
const tag = Date.now().toString(36);
beforeAll(async () => {
  ours = await testOrganization({ name: `Netralaya ${tag}` });
  theirs = await testOrganization();
});
afterAll(async () => {
  await removeFace(ours.organizationId);
  await removeFace(theirs.organizationId);
  await ours.dispose();
  await theirs.dispose();
  await closeConnections();
});

const save = async (org: Organization, facts: Record<string, string>) => {
  const { version: _none, ...input } = saveFaceInput.parse({ ...facts, version: 'v'.repeat(22) });
  return saveFace(org.ctx(), input, faceOf(await getLetterhead(org.ctx())));
};
const svg = (inner: string) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20">${inner}</svg>`,
  ).toString('base64');

describe('the face of a hospital', () => {
  it('is shown at its address once it is opened, with the letterhead and nothing else', async () => {
    const slug = `netralaya-${tag}`;
    await save(ours, { slug });
    expect(await findFace(slug)).toBeNull();
    await save(ours, { slug, isOpen: 'on' });
    expect(await findFace(slug)).toEqual({
      name: `Netralaya ${tag}`,
      secondName: '',
      lines: [],
      logo: '',
    });
    await saveLetterhead(
      ours.ctx(),
      letterheadInput.omit({ version: true }).parse({
        ...{ name: 'Sri Netralaya', secondName: 'శ్రీ నేత్రాలయ', address: '12, MG Road\nGuntur' },
        ...{ openingHours: 'Mon to Sat 9 to 6', size: 'A4', top: '12', bottom: '12', side: '14' },
        logo: svg('<rect width="40" height="20" fill="#c00"/>'),
      }),
    );
    const face = await findFace(slug);
    expect(face).toMatchObject({
      name: 'Sri Netralaya',
      secondName: 'శ్రీ నేత్రాలయ',
      lines: ['12, MG Road', 'Guntur', 'Mon to Sat 9 to 6'],
    });
    expect(await sharp(Buffer.from(face?.logo ?? '', 'base64')).metadata()).toMatchObject({ format: 'png' });
    expect(Object.keys(face ?? {}).sort()).toEqual(['lines', 'logo', 'name', 'secondName']);
    for (const unknown of [`${slug}x`, '../login', 'WWW', ''])
      expect(await findFace(unknown), unknown).toBeNull();
  });

  it('shows the letterhead that was saved last, in whatever order two arrive', async () => {
    const slug = `order-${tag}`;
    await save(ours, { slug, isOpen: 'on' });
    const face = (name: string) => ({ name, secondName: '', lines: [], logo: '' });
    let now = face('First');
    // While the first is written, the second is saved and shown.
    let isOvertaken = false;
    await followLetterhead(ours, async () => {
      const read = now;
      if (!isOvertaken) {
        isOvertaken = true;
        now = face('Second');
        await followLetterhead(ours, async () => now);
      }
      return read;
    });
    expect((await findFace(slug))?.name).toBe('Second');
    // What has been written with the address is not written once more; what has changed meanwhile is.
    const write = vi.spyOn(faceModel.collection, 'updateOne');
    await followLetterhead(ours, async () => now, face('Second'));
    expect(write).not.toHaveBeenCalled();
    await followLetterhead(ours, async () => face('Third'), face('Second'));
    expect(write).toHaveBeenCalledTimes(1);
    expect((await findFace(slug))?.name).toBe('Third');
    write.mockRestore();
  });

  it('has an address that no other hospital has, and keeps to its own', async () => {
    const slug = `shared-${tag}`;
    await save(ours, { slug, isOpen: 'on' });
    await expect(save(theirs, { slug, isOpen: 'on' })).rejects.toMatchObject({
      code: 'CONFLICT',
      field: 'slug',
    });
    expect(await getFaceForm(theirs)).toMatchObject({ slug: '', isOpen: false });
    await save(ours, {});
    // That it is free again for others is the index's own word; the embedded server keeps the key.
    expect(await findFace(slug)).toBeNull();
  });

  it('is refused from a form that was opened before a colleague saved', async () => {
    const version = revisionOf(await getFaceForm(ours));
    const face = faceOf(await getLetterhead(ours.ctx()));
    const input = (fromName: string) => saveFaceInput.parse({ fromName, version });
    await saveFace(ours.ctx(), input('First'), face);
    await expect(saveFace(ours.ctx(), input('Second'), face)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await getFaceForm(ours)).toMatchObject({ fromName: 'First' });
  });

  it('stands on mails: whom they come from, and where answers go', async () => {
    expect(await mailSender(theirs.ctx())).toEqual({ fromName: theirs.ctx().organization.name });
    await save(ours, { fromName: 'Sri Netralaya', replyTo: 'care@netralaya.test' });
    const mail = composeMail({
      ...{ to: 'a@b.test', subject: 'A paper', name: 'patient', paragraphs: [] },
      sender: await mailSender(ours.ctx()),
    });
    expect(mail).toMatchObject({ fromName: 'Sri Netralaya', replyTo: 'care@netralaya.test' });
    expect(mail.html).toContain('<p style="font-weight:700">Sri Netralaya</p>');
  });

  it('is found by an index, and ends with the organization', async () => {
    const slug = `ends-${tag}`;
    await save(ours, { slug, isOpen: 'on' });
    expectIndexed(await faceModel.find({ slug, isOpen: true }).explain('executionStats'));
    await removeFace(ours.organizationId);
    expect(await findFace(slug)).toBeNull();
  });
});

describe('a logo', () => {
  it('is drawn again from a PNG, a JPEG or an SVG, and no larger than it prints', async () => {
    const photo = sharp({ create: { width: 900, height: 300, channels: 3, background: '#0a0' } });
    for (const file of [await photo.clone().png().toBuffer(), await photo.clone().jpeg().toBuffer()]) {
      const drawn = Buffer.from(await redrawLogo(file.toString('base64')), 'base64');
      expect(await sharp(drawn).metadata()).toMatchObject({ format: 'png', width: 480, height: 160 });
    }
    const drawn = Buffer.from(await redrawLogo(svg('<circle cx="9" cy="9" r="9"/>')), 'base64');
    expect(await sharp(drawn).metadata()).toMatchObject({ format: 'png', width: 40 });
    expect(drawn.toString('latin1')).not.toContain('circle');
  });

  it.each([
    ['a script', svg('<script>alert(1)</script>')],
    ['a file of ours', svg('<image xlink:href="file:///etc/passwd" width="9" height="9"/>')],
    ['an address', svg('<image href="https://evil.example/a.png" width="9" height="9"/>')],
    ['a page inside', svg('<foreignObject><p/></foreignObject>')],
    [
      'text that grows',
      Buffer.from(
        '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
      ).toString('base64'),
    ],
    ['a GIF', 'R0lGODlhAQABAAAAACw='],
    ['a page', Buffer.from('<html><svg></svg></html>').toString('base64')],
    ['a broken PNG', 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAA='],
    ['nothing', ''],
  ])('with %s is refused', async (_what, logo) => {
    await expect(redrawLogo(logo)).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'logo' });
  });
});
