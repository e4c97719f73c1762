import mongoose from 'mongoose';

/** A question as the server got it: cast, sealed and bounded by the model. */
type Asked = {
  collection: mongoose.mongo.Collection;
  filter: Record<string, unknown>;
  options: { sort?: mongoose.mongo.Sort; limit?: number; skip?: number };
};
export type Plan = { what: string; returned: number; examined: number; isIndexed: boolean };

const READS = new Set(['find', 'findOne', 'countDocuments', 'distinct']);
type Query = mongoose.Query<unknown, unknown> & {
  op?: string;
  mongooseCollection: { collection?: mongoose.mongo.Collection };
};

/** What a piece of work asks by Mongoose's queries, each shape of a question once. */
async function askedBy(work: () => Promise<unknown>): Promise<Asked[]> {
  const { prototype } = mongoose.Query;
  const { exec } = prototype;
  const seen: Query[] = [];
  prototype.exec = function recorded(this: Query, ...given) {
    if (READS.has(this.op ?? '')) seen.push(this);
    return exec.apply(this, given);
  };
  try {
    await work();
  } finally {
    prototype.exec = exec;
  }
  const asked = new Map<string, Asked>();
  for (const query of seen) {
    const { sort, limit, skip } = query.getOptions();
    const filter = query.getFilter() as Record<string, unknown>;
    const collection = (query as unknown as { model: mongoose.Model<unknown> }).model.collection;
    const options = {
      ...(sort ? { sort: sort as mongoose.mongo.Sort } : {}),
      ...(query.op === 'findOne' ? { limit: 1 } : limit ? { limit } : {}),
      ...(skip ? { skip } : {}),
    };
    const shape = JSON.stringify([collection.collectionName, query.op, Object.keys(filter), options]);
    if (!asked.has(shape))
      asked.set(shape, {
        collection: collection as unknown as mongoose.mongo.Collection,
        filter,
        options,
      });
  }
  return [...asked.values()];
}

/** How the server answers each question of a piece of work: what it reads for what it gives. */
export async function plansOf(work: () => Promise<unknown>): Promise<Plan[]> {
  const plans: Plan[] = [];
  for (const { collection, filter, options } of await askedBy(work)) {
    const explained = await collection.find(filter as never, options).explain('executionStats');
    const { executionStats } = JSON.parse(JSON.stringify(explained));
    const { nReturned, totalKeysExamined, totalDocsExamined } = executionStats;
    const sort = options.sort ? ` by ${JSON.stringify(options.sort)}` : '';
    // The first of a ledger that is worked off: no index has less to read than what is read.
    const isFirst = Object.keys(filter).length === 0 && options.limit !== undefined && !options.sort;
    plans.push({
      what: `${collection.collectionName} of ${JSON.stringify(filter).slice(0, 160)}${sort}`,
      returned: nReturned,
      examined: Math.max(totalKeysExamined, totalDocsExamined),
      isIndexed: isFirst || !/COLLSCAN|"SORT"/.test(JSON.stringify(executionStats)),
    });
  }
  return plans;
}
