// @ts-nocheck
import { required } from './environment.ts';
import { openFloor } from './floor-database.ts';
import { serveMints } from './mint-server.ts';

/** The floor: what cannot be left out of minting a key, with one commit a request. */
const database = await openFloor(required('DATABASE_URL'));
serveMints(database, (key) => database.insert(key));
