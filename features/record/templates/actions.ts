'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { deleteTemplateInput, saveTemplateInput, starterTemplatesInput } from './schema';
import { addStarterTemplates, deleteTemplate, saveTemplate } from './service';

export const saveTemplateAction = staffAction({
  permission: 'diagnoses:write',
  input: saveTemplateInput,
  audit: 'template.save',
  run: async (ctx, input) => {
    const template = await saveTemplate(ctx, input);
    revalidatePath(paths.templates);
    return template;
  },
  message: ({ name }) => `${name} is saved.`,
});

export const deleteTemplateAction = staffAction({
  permission: 'diagnoses:write',
  input: deleteTemplateInput,
  audit: 'template.delete',
  target: ({ templateId }) => `template:${templateId}`,
  run: async (ctx, { templateId }) => {
    const template = await deleteTemplate(ctx, templateId);
    revalidatePath(paths.templates);
    return template;
  },
  message: ({ name }) => `${name} is deleted.`,
});

export const addStarterTemplatesAction = staffAction({
  permission: 'diagnoses:write',
  input: starterTemplatesInput,
  audit: 'template.starter',
  run: async (ctx) => {
    const added = await addStarterTemplates(ctx);
    revalidatePath(paths.templates);
    return { added };
  },
  message: ({ added }) => (added > 0 ? `${added} templates are added.` : 'They are all there already.'),
});
