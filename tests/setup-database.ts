import mongoose from 'mongoose';
import { afterAll } from 'vitest';

const { MONGODB_URI = '', MASTER_DATABASE = '' } = process.env;

// Making a collection takes the embedded server longer the more there are, and each file makes a hundred. As
// the first hook of a file it runs after all others; the connections of the test are closed by then.
afterAll(async () => {
  const client = await new mongoose.mongo.MongoClient(MONGODB_URI, { maxPoolSize: 1 }).connect();
  try {
    const master = client.db(MASTER_DATABASE);
    const left = await master.collection('organizations').distinct('placement.databaseName');
    for (const name of left) if (typeof name === 'string') await client.db(name).dropDatabase();
    await master.dropDatabase();
  } finally {
    await client.close();
  }
});
