import { randomUUID } from 'node:crypto';
import { account, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

test('the company makes a template and a demo from it, which fills itself and can be reset', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const tag = randomUUID().slice(0, 6);
  await signInAs(page, account('super-admin'));
  const make = async (what: RegExp, name: string, template?: string) => {
    await page.goto('/platform/organizations');
    await page.getByRole('button', { name: 'New demo' }).click();
    await page.getByLabel(what).check();
    if (template) await page.getByLabel('Template', { exact: true }).selectOption({ label: template });
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Owner’s name').fill('Meera Show');
    await page.getByLabel('Owner’s e-mail').fill(`show-${tag}@show.test`);
    await page.getByRole('button', { name: 'Make it' }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(async () => {
      await page.reload();
      await expect(page.getByText('Active', { exact: true }).first()).toBeVisible({ timeout: 1_000 });
    }).toPass();
  };
  await make(/^A template/, `Template ${tag}`);
  await expect(page.getByText('Template', { exact: true }).first()).toBeVisible();
  await make(/^A demo/, `Demo ${tag}`, `Template ${tag}`);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('list', { name: 'Operations' })).toContainText('Reset to the template', {
      timeout: 1_000,
    });
    await expect(page.getByRole('button', { name: 'Reset', exact: true })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await page.getByRole('button', { name: 'Reset it' }).click();
  const resets = page.getByRole('list', { name: 'Operations' }).getByText('Reset to the template');
  await expect(resets).toHaveCount(2);
});
