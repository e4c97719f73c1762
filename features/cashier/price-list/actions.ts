'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import {
  addServiceInput,
  endPriceInput,
  importPricesInput,
  previewPricesInput,
  serviceInput,
  setPackageInput,
  setPriceInput,
  starterServicesInput,
  updateServiceInput,
} from './schema';
import {
  addService,
  addStarterServices,
  endPrice,
  importServices,
  previewImport,
  setPackage,
  setPrice,
  setServiceActive,
  updateService,
} from './service';

const target = ({ serviceId }: { serviceId: string }): string => `service:${serviceId}`;

async function refreshed<T>(change: Promise<T>): Promise<T> {
  const result = await change;
  revalidatePath(paths.priceList);
  return result;
}

export const addServiceAction = staffAction({
  permission: 'prices:write',
  input: addServiceInput,
  audit: 'service.add',
  run: (ctx, input) => refreshed(addService(ctx, input)),
  message: ({ name }) => `${name} is on the price list.`,
});

export const updateServiceAction = staffAction({
  permission: 'prices:write',
  input: updateServiceInput,
  audit: 'service.update',
  target,
  run: (ctx, input) => refreshed(updateService(ctx, input)),
  message: ({ name }) => `${name} is saved.`,
});

export const setPriceAction = staffAction({
  permission: 'prices:write',
  input: setPriceInput,
  audit: 'service.price',
  target,
  run: (ctx, input) => refreshed(setPrice(ctx, input)),
  message: 'The price is saved.',
});

export const endPriceAction = staffAction({
  permission: 'prices:write',
  input: endPriceInput,
  audit: 'service.price-end',
  target,
  run: (ctx, input) => refreshed(endPrice(ctx, input)),
  message: ({ whose }) => `${whose} has no price of its own from then on.`,
});

export const setPackageAction = staffAction({
  permission: 'prices:write',
  input: setPackageInput,
  audit: 'service.package',
  target,
  run: (ctx, input) => refreshed(setPackage(ctx, input)),
  message: ({ name, includes }) =>
    includes.length > 0 ? `${name} is a package.` : `${name} holds nothing else.`,
});

export const deactivateServiceAction = staffAction({
  permission: 'prices:write',
  input: serviceInput,
  audit: 'service.deactivate',
  target,
  run: (ctx, { serviceId }) => refreshed(setServiceActive(ctx, serviceId, false)),
  message: ({ name }) => `${name} is off the list.`,
});

export const activateServiceAction = staffAction({
  permission: 'prices:write',
  input: serviceInput,
  audit: 'service.activate',
  target,
  run: (ctx, { serviceId }) => refreshed(setServiceActive(ctx, serviceId, true)),
  message: ({ name }) => `${name} is on the list again.`,
});

export const addStarterServicesAction = staffAction({
  permission: 'prices:write',
  input: starterServicesInput,
  audit: 'service.starter',
  run: async (ctx) => ({ added: await refreshed(addStarterServices(ctx)) }),
  message: ({ added }) => `${added} services added, without prices.`,
});

export const previewPricesAction = staffAction({
  permission: 'prices:write',
  input: previewPricesInput,
  audit: 'price-list.preview',
  entryAfter: 'It changes nothing: what a spreadsheet would do is looked at.',
  run: previewImport,
});

export const importPricesAction = staffAction({
  permission: 'prices:write',
  input: importPricesInput,
  audit: 'price-list.import',
  run: (ctx, input) => refreshed(importServices(ctx, input)),
  message: ({ added, changed, priced }) =>
    `${added} services added, ${changed} changed, ${priced} prices set.`,
});
